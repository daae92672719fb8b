import type { AccountFacts, Normalized, RawItem } from '#libs/channels';
import type { InboundAttachment, InboundMessage, ThreadClues } from '#libs/contracts';
import { classifyMail, isRobot } from './classify-mail.js';
import { defined } from './defined.js';
import { domainOf, splitPlus } from './mail-address.js';
import { parseMail, type ParsedMail } from './parse-mail.js';
import { readReport, type MailReport } from './read-report.js';
import { recipientsOf, threadClues } from './thread-headers.js';
import { trimQuote } from './trim-quote.js';
import { cut } from './well-formed.js';

/** Raw bytes of a mail to what the desk knows of it. Pure: the same bytes give the same message. */
export function normalize(raw: RawItem, account: AccountFacts): Normalized {
  const mail = parseMail(raw.bytes);
  const own = ownAddresses(account);
  const report = readReport(mail);
  const automatic = classifyMail(mail, report, own);
  const delivery = report?.delivery && ownReport(report, own);
  const visibleText = automatic === 'bounce' ? mail.text : trimQuote(mail.text, mail.subject);
  const answer = answerAddress(mail);
  const files: Uint8Array[] = [];
  const message: InboundMessage = {
    v: 1,
    type: delivery && automatic === 'bounce' ? 'report' : 'message',
    externalId: mail.messageId || raw.externalKey,
    sender: senderOf(mail, visibleText),
    replyTo: answer.address,
    others: othersOf(mail, own),
    subject: mail.subject,
    text: mail.text,
    ...defined({
      writtenTo: writtenToOf(mail, own, account.address),
      visibleText: visibleText === mail.text ? undefined : visibleText,
      html: mail.html === undefined ? undefined : keep(files, Buffer.from(mail.html)),
      automatic,
      report: delivery,
      sentAt: mail.sentAt,
    }),
    attachments: attachmentsOf(mail, files),
    thread: threadOf(mail, report, own),
    flags: [...new Set([...mail.flags, ...answer.flags])].slice(0, 20),
  };
  return { message, files };
}

/** A report belongs to the thread of the mail that it is about. */
function threadOf(mail: ParsedMail, report: MailReport | undefined, own: readonly string[]): ThreadClues {
  const clues = threadClues(mail, own);
  if (!report?.about) return clues;
  return { ...clues, references: [...new Set([report.about, ...clues.references])].slice(0, 100) };
}

const ownAddresses = (account: AccountFacts): readonly string[] =>
  account.address ? [...new Set([...account.ownAddresses, account.address.toLowerCase()])] : account.ownAddresses;

const keep = (files: Uint8Array[], bytes: Uint8Array): string => `file:${files.push(bytes) - 1}`;

function attachmentsOf(mail: ParsedMail, files: Uint8Array[]): InboundAttachment[] {
  return mail.attachments.map(({ name, mediaType, size, bytes, missing, inlineId }) => ({
    name,
    mediaType,
    bytes: size,
    ...defined({ content: bytes && keep(files, bytes), missing, inlineId }),
  }));
}

function senderOf(mail: ParsedMail, visibleText: string): InboundMessage['sender'] {
  if (!mail.from) return { addresses: [] };
  const locale = localeOf(`${mail.subject}\n${visibleText}`);
  return {
    addresses: [{ kind: 'email', value: mail.from.address, proof: 'wrote' }],
    ...defined({ name: mail.from.name || undefined, locale }),
  };
}

/** The language that the sender writes in; nothing when there is too little to tell. */
function localeOf(text: string): 'ru' | 'en' | undefined {
  const sample = text.slice(0, 4000);
  if (/[а-яё]{3}/iu.test(sample)) return 'ru';
  return (sample.match(/[a-z]/gi)?.length ?? 0) >= 12 ? 'en' : undefined;
}

/**
 * Where an answer goes. A Reply-To in a foreign domain is honoured only when the author is a program that reads no
 * mail (a web form): otherwise a forged header could lead answers about a known person elsewhere.
 */
function answerAddress(mail: ParsedMail): { address: string; flags: string[] } {
  const author = mail.from?.address ?? '';
  const wanted = mail.replyTo[0]?.address;
  if (!wanted || wanted === author) return { address: author, flags: [] };
  const trusted = domainOf(wanted) === domainOf(author) || (mail.from !== undefined && isRobot(mail.from));
  return trusted ? { address: wanted, flags: [] } : { address: author, flags: ['reply-to-differs'] };
}

/** Which of our addresses was written to: named in the header, else the one that the mail was handed over to. */
function writtenToOf(mail: ParsedMail, own: readonly string[], address: string | undefined): string | undefined {
  const bases = recipientsOf(mail).map((recipient) => splitPlus(recipient).base);
  const named = bases.find((base) => own.includes(base));
  if (named || !address) return named;
  const domain = domainOf(address.toLowerCase());
  return bases.find((base) => domainOf(base) === domain) ?? address.toLowerCase();
}

function othersOf(mail: ParsedMail, own: readonly string[]): string[] {
  const others = [...mail.replyTo, ...mail.to, ...mail.cc].map(({ address }) => cut(address, 320));
  return [...new Set(others)]
    .filter((address) => address !== mail.from?.address && !own.includes(splitPlus(address).base))
    .slice(0, 200);
}

/** The report by our own id: what stands before the `@` of the Message-IDs that we make. */
function ownReport(report: MailReport, own: readonly string[]): InboundMessage['report'] {
  const { delivery } = report;
  if (!delivery?.externalId) return delivery;
  const ours = own.some((address) => domainOf(address) === domainOf(delivery.externalId!));
  const local = delivery.externalId.slice(0, delivery.externalId.lastIndexOf('@'));
  return ours && local ? { ...delivery, externalId: local } : delivery;
}
