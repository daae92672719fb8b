/** Languages that every text of the product exists in; the first is the default. */
export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in every language, as stored in the database for queues, kinds and templates. */
export type LocalText = Readonly<Record<Locale, string>>;
