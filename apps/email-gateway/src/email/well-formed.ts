/** Text that PostgreSQL and JSON can hold: no NUL, no half of a surrogate pair. */
export const wellFormed = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');

/** The first `length` UTF-16 units, never ending in half a character. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : wellFormed(text.slice(0, length));

// Bidi overrides and isolates, zero-width marks, the BOM: they make a text look like another one.
const invisible = /[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
// oxlint-disable-next-line no-control-regex -- control characters are what is being removed
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/gu;

/** One line for people: control characters become a space, invisible ones go, spaces are joined. */
export const oneLine = (text: string): string =>
  wellFormed(text).replace(control, ' ').replace(invisible, '').replace(/\s+/gu, ' ').trim();
