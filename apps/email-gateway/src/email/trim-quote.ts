import { attribution } from './attribution-line.js';

/**
 * The new part of a reply: without the mail it answers, the signature after `-- ` and the advertising of phones. A
 * view only, the whole text is kept. Anything doubtful stays; a forward is never cut; when nothing would be left,
 * everything is shown.
 */
export function trimQuote(text: string, subject = ''): string {
  if (forwardSubject.test(subject)) return text;
  const lines = text.split('\n');
  if (lines.some((line) => forwardLine.test(line))) return text;
  const quoteAt = findQuote(lines);
  const kept = quoteAt < 0 ? lines : lines.slice(0, quoteAt);
  const visible = withoutTail(withoutSignature(kept)).join('\n').trim();
  return visible === '' ? text : visible;
}

const forwardSubject = /^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|fw|пересл(?:ано|анное)?|пер|перенаправлено|wg|tr)\s*:/iu;
const forwardLine =
  /^[>\s]*(?:-{3,}\s*(?:пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|forwarded message|конец пересылаемого сообщения)\s*-{3,}|начало (?:пересылаемого|переадресованного|пересланного) сообщения:|begin forwarded message:)/iu;

/** Index of the first line that belongs to the quoted mail, or -1. */
function findQuote(lines: readonly string[]): number {
  for (let i = 0; i < lines.length; i += 1) {
    if (lines[i]!.trim() === '') continue;
    if (startsHeaderBlock(lines, i) || originalRule.test(lines[i]!)) return withRule(lines, i);
    const span = attributionSpan(lines, i);
    if (span && isQuoteToTheEnd(lines, i, span)) return i;
  }
  return -1;
}

const originalRule =
  /^[>\s]*-{2,}\s*(?:исходное сообщение|original message|оригинальное сообщение|вихідне повідомлення)\s*-{2,}\s*$/iu;
const rule = /^[>\s]*(?:_{10,}|-{10,}|={10,}|\*{10,}|—{5,})\s*$/;

/** A rule drawn above the block belongs to it. */
function withRule(lines: readonly string[], at: number): number {
  let above = at - 1;
  while (above >= 0 && lines[above]!.trim() === '') above -= 1;
  return above >= 0 && rule.test(lines[above]!) ? above : at;
}

const fields = {
  from: /^[>\s*]*(?:от|from|від|отправитель)\s*:/iu,
  sent: /^[>\s*]*(?:отправлено|дата|sent|date|надіслано)\s*:/iu,
  to: /^[>\s*]*(?:кому|to|копия|cc)\s*:/iu,
  subject: /^[>\s*]*(?:тема|subject)\s*:/iu,
};

/** Outlook's copy of the header: From first, then at least two of Sent, To, Subject within the next lines. */
function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  if (yandexBlock(lines, at)) return true;
  if (!fields.from.test(lines[at]!)) return false;
  const next = lines.slice(at + 1, at + 8);
  const others = [fields.sent, fields.to, fields.subject].filter((field) => next.some((line) => field.test(line)));
  return others.length >= 2;
}

/** Yandex, new: a rule of dashes, then `Кому: …; Тема: …; 23.09.2026, …` in one line. */
const yandexBlock = (lines: readonly string[], at: number): boolean =>
  at > 0 && rule.test(lines[at - 1]!) && /^[>\s]*кому:.+тема:.+\d{1,2}\.\d{1,2}\.\d{4}/iu.test(lines[at]!);

interface Span {
  readonly length: number;
  readonly strength: 'strong' | 'weak';
}

/** An attribution may be wrapped, mostly before the `<` of the address. */
function attributionSpan(lines: readonly string[], at: number): Span | undefined {
  let joined = '';
  for (let length = 1; length <= 3; length += 1) {
    const line = lines[at + length - 1];
    if (line === undefined || line.trim() === '') return undefined;
    joined = joined === '' ? line.trim() : `${joined} ${line.replace(/^(\s*>)+\s?/, '').trim()}`;
    const strength = attribution(joined);
    if (strength) return { length, strength };
  }
  return undefined;
}

const quoted = /^\s*>/;

/**
 * Whether all that follows is the quoted mail. Own lines after quoted ones are answers between quotes, which mean
 * nothing without them. A strong attribution may be followed by a mail that carries no marks at all.
 */
function isQuoteToTheEnd(lines: readonly string[], at: number, span: Span): boolean {
  const rest = lines.slice(at + span.length).filter((line) => line.trim() !== '');
  const marked = rest.filter((line) => quoted.test(line)).length;
  if (marked === 0) return span.strength === 'strong' && rest.length > 0;
  if (!quoted.test(rest[0]!)) return false;
  const lastMarked = rest.findLastIndex((line) => quoted.test(line));
  return withoutTail(withoutSignature(rest.slice(lastMarked + 1))).every((line) => line.trim() === '');
}

const signatureLines = 15;

/** What follows `-- `, if it is as short as a signature. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const at = lines.findLastIndex((line) => /^--\s?$/.test(line));
  return at >= 0 && lines.length - at <= signatureLines ? lines.slice(0, at) : lines;
}

const tail =
  /^\s*(?:отправлено (?:из|с|через|от)(?: моего| мобильн\p{L}+)? ?(?:мобильн\p{L}+ |моб\. ?)?(?:почты|mail\.ru|яндекс|iphone|ipad|айфона|samsung|android|устройства|outlook|телефона|смартфона|приложения|планшета|huawei|xiaomi|blue ?mail|my ?mail|gmail)[^\n]{0,120}|sent (?:from|via) (?:my )?(?:iphone|ipad|mobile|samsung|galaxy|android|outlook|mail|yahoo|windows|huawei|xiaomi|blackberry|proton)[^\n]{0,120}|get outlook for [^\n]{0,80}|скачать outlook для [^\n]{0,80})\s*$/iu;

/** Lines at the end that the program wrote, not the person. */
function withoutTail(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  while (end > 0 && (lines[end - 1]!.trim() === '' || tail.test(lines[end - 1]!))) end -= 1;
  return lines.slice(0, end);
}
