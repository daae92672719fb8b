/** What PostgreSQL's jsonb refuses: NUL, and halves of surrogate pairs (`JSON.stringify` escapes both). */
const suspect = /\\u(?:0000|d[89a-f])/i;

/** A text that a `text` column and `jsonb` can hold. */
export const storableText = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');

/** `value` as JSON that `jsonb` takes; texts lose NULs, and lone surrogates become U+FFFD. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!suspect.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
}
