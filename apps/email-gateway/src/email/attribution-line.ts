/**
 * Lines by which mail programs introduce a quoted mail. `strong` ones name a date and a person in a form that people
 * don't type; `weak` ones count only when the next line is quoted.
 */
export function attribution(line: string): 'strong' | 'weak' | undefined {
  const text = line
    .replace(/^(\s*>)+\s?/, '')
    .replaceAll('\u00A0', ' ')
    .trim();
  if (text.length > 400 || !text.endsWith(':')) return undefined;
  if (strong.some((pattern) => pattern.test(text))) return 'strong';
  return weak.some((pattern) => pattern.test(text)) ? 'weak' : undefined;
}

const time = String.raw`\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?`;
const month = String.raw`(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-яё]*\.?`;
const dayName = String.raw`(?:[а-яё]+,\s*)?`;
const russianDate = String.raw`${dayName}\d{1,2}\s+${month}\s+\d{4}(?:\s*г\.?)?`;
const numericDate = String.raw`\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}`;
const zone = String.raw`(?:\s*(?:\(?(?:GMT|UTC|MSK)?\s*[+-]\d{1,2}:?\d{0,2}\)?|\(?(?:GMT|UTC|MSK)\)?))?`;
const address = String.raw`<[^<>\s@]+@[^<>\s@]+>`;
const wrote = String.raw`(?:написал\(а\)|написала?|писал\(а\)|писала?|пишет|сообщила?)`;
const wroteEnglish = 'wrote|writes';
const englishDate = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(?:\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?)\s+\d{4}|${numericDate}`;

const russian = (source: string): RegExp => new RegExp(source, 'iu');

const strong: readonly RegExp[] = [
  // Gmail: `пт, 26 сент. 2026 г. в 10:00, Имя <a@b>:`; Apple: the same with `написал(а):`
  russian(String.raw`^${russianDate},?\s+(?:в\s+)?${time},?\s+.{0,150}${address}\s*(?:${wrote})?:$`),
  // Gmail without an address: `11 авг. 2026 г., 10:00 Имя написал(а):`
  russian(String.raw`^${russianDate},?\s+(?:в\s+)?${time}${zone},?\s+.{1,150}\s${wrote}:$`),
  // mail.ru: `Пятница, 26 сентября 2026, 10:00 +06:00 от Имя <a@b>:`
  russian(String.raw`^${russianDate},?\s+${time}${zone}\s+от\s+.{0,150}${address}:$`),
  // Yandex: `26.09.2026, 10:00, "Имя" <a@b>:`
  russian(String.raw`^(?:${numericDate}),?\s+(?:в\s+)?${time}${zone},?\s+.{0,150}${address}\s*(?:${wrote})?:$`),
  // Thunderbird: `26.09.2026 10:00, Имя пишет:`
  russian(String.raw`^(?:${numericDate}),?\s+(?:в\s+)?${time}${zone},?\s+.{1,150}\s${wrote}:$`),
  // Outlook for phones and the web: `Имя <a@b> написал(а) 26.09.2026 10:00:`
  russian(String.raw`^.{0,150}${address}\s+${wrote}\s+.{0,20}(?:${numericDate}|${russianDate}).{0,30}:$`),
  // `On Fri, Sep 26, 2026 at 10:00 AM Name <a@b> wrote:`
  new RegExp(String.raw`^On\s+(?:${englishDate}).{0,200}\s(?:${wroteEnglish}):$`, 'u'),
  new RegExp(
    String.raw`^(?:${englishDate})\s*,?\s+(?:at\s+)?${time}.{0,150}(?:${address}|\s(?:${wroteEnglish})):$`,
    'u',
  ),
];

const name = String.raw`[«"]?\p{Lu}[\p{L}.'-]*(?:\s+\p{Lu}[\p{L}.'-]*){0,3}[»"]?`;

const weak: readonly RegExp[] = [
  new RegExp(String.raw`^${name}(?:\s+${address})?\s+(?:${wrote}|${wroteEnglish}):$`, 'u'),
  new RegExp(String.raw`^${address}\s+(?:${wrote}|${wroteEnglish}):$`, 'u'),
  new RegExp(String.raw`^(?:Quoting|Цитирую|Цитирование)\s+.{1,150}:$`, 'u'),
];
