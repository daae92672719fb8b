import type { AutomaticKind } from '#libs/contracts';
import { headerOf } from './read-mime.js';
import { readStructured } from './header-parameters.js';
import { splitPlus, type Mailbox } from './mail-address.js';
import type { MailHeaders, ParsedMail } from './parse-mail.js';
import type { MailReport } from './read-report.js';

/**
 * Whether a machine wrote the mail, by the signs of RFC 3834, 2369, 2919, 5230 and those that providers and old
 * vacation programs use. Nothing that gets a kind here is ever answered by the desk itself; `list` and `bulk`, which
 * are looked for last, say only how a mail travelled.
 */
export function classifyMail(
  mail: ParsedMail,
  report: MailReport | undefined,
  ownAddresses: readonly string[],
): AutomaticKind | undefined {
  if (isLoop(mail, ownAddresses)) return 'loop';
  if (report) return { bounce: 'bounce', receipt: 'receipt', complaint: 'system' }[report.kind] as AutomaticKind;
  if (isBounceText(mail)) return 'bounce';
  return automaticReply(mail) ?? system(mail) ?? listOrBulk(mail);
}

/**
 * Mail of our own that came back: from one of our addresses, with a tag or without, or with the sign that we put on
 * all that we send.
 */
function isLoop(mail: ParsedMail, ownAddresses: readonly string[]): boolean {
  const signs = mail.headers.all('x-loop').map((value) => value.toLowerCase());
  return [...signs, mail.from?.address ?? ''].some(
    (address) => ownAddresses.includes(address) || ownAddresses.includes(splitPlus(address).base),
  );
}

const daemon = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)@/;
const bounceSubject =
  /^(undeliver(ed|able)|delivery (status notification|failure|has failed)|mail (delivery (failed|system)|system error)|returned mail|failure notice|warning: (message|could not send)|не удалось доставить|недоставленное|сообщение не доставлено|ошибка доставки|письмо не доставлено)/iu;

/** A bounce without parts: the null sender or a daemon, and the words. */
function isBounceText(mail: ParsedMail): boolean {
  const fromDaemon = mail.from !== undefined && daemon.test(mail.from.address);
  return (fromDaemon || hasNullSender(mail)) && bounceSubject.test(mail.subject);
}

const hasNullSender = (mail: ParsedMail): boolean =>
  mail.headers.all('return-path').some((path) => path.replace(/\s/g, '') === '<>');

const vacationHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-mail-autoreply',
  'x-autoreply-from',
  'x-auto-reply-from',
];
const autoReplySubject =
  /^((re|ответ)\s*:\s*)*(автоматический ответ|автоответ(чик)?|авто-ответ|automatic reply|auto[- ]?reply|auto[- ]?response|auto[- ]?answer|out of (the )?office|vacation reply|вне офиса|отсутствие на рабочем месте)(\s*[:.(\-–—]|\s*$)/iu;

function automaticReply(mail: ParsedMail): AutomaticKind | undefined {
  const { headers } = mail;
  const submitted = headers.all('auto-submitted').map((value) => value.toLowerCase());
  if (submitted.some((value) => /^auto-replied|vacation/.test(value) || value.includes('owner-email=')))
    return 'auto-reply';
  if (vacationHeaders.some((name) => isSet(headers.first(name)))) return 'auto-reply';
  if (precedences(headers).includes('auto_reply')) return 'auto-reply';
  if (autoReplySubject.test(mail.subject) || isVacationText(mail)) return 'auto-reply';
  // The out-of-office rule of Exchange.
  return suppressesAnswers(headers) && isSet(headers.first('x-ms-exchange-inbox-rules-loop'))
    ? 'auto-reply'
    : undefined;
}

const suppressesAnswers = (headers: MailHeaders): boolean =>
  headers.all('x-auto-response-suppress').some((value) => /\b(all|autoreply)\b/i.test(value));

/** "Я в отпуске до 5 мая": all that a short answer says, not a remark in a question. */
function isVacationText(mail: ParsedMail): boolean {
  if (mail.text.length > 500 || mail.text.includes('?') || !/^(re|ответ|отв)\s*:/iu.test(mail.subject)) return false;
  return vacationText.test(mail.text);
}
const vacationText =
  /^(здравствуйте|добрый день|доброго дня|уважаем[а-яё ]+)?[\s!.,]*(я )?(сейчас )?(нахожусь )?(в|на) (ежегодном |очередном )?(отпуске|больничном)(\s+(до|с|по)\b|[\s.,!])/iu;

const precedences = (headers: MailHeaders): readonly string[] =>
  [...headers.all('precedence'), ...headers.all('x-precedence')].map((value) => value.toLowerCase());

/** How a mail travelled. A person may have written it: to a list, or by a server that asks for no automatic answers. */
function listOrBulk(mail: ParsedMail): AutomaticKind | undefined {
  const { headers } = mail;
  const precedence = precedences(headers);
  const listHeader = ['list-id', 'list-post', 'list-help', 'mailing-list', 'x-mailing-list'].some((name) =>
    headers.first(name),
  );
  const unsubscribe = (headers.first('list-unsubscribe') ?? '').length >= 3;
  if (listHeader || unsubscribe || precedence.includes('list')) return 'list';
  const inBulk = precedence.some((value) => value === 'bulk' || value === 'junk');
  return inBulk || suppressesAnswers(headers) || hasNullSender(mail) ? 'bulk' : undefined;
}

const robot =
  /^(no-?reply|no_reply|do-?not-?reply|donotreply|mailer-daemon|postmaster|mail-daemon|notifications?-noreply|robot)([-+_.][^@]*)?@/;

/** Whether the address belongs to a program that reads no answers. */
export const isRobot = (mailbox: Mailbox): boolean => robot.test(mailbox.address);

function system(mail: ParsedMail): AutomaticKind | undefined {
  const { headers } = mail;
  const submitted = headers.all('auto-submitted').some((value) => !/^no\b/i.test(value.trim()));
  const signs =
    submitted ||
    isSet(headers.first('x-autogenerated')) ||
    isSet(headers.first('x-fc-machinegenerated')) ||
    headers.first('x-amazon-mail-relay-type')?.toLowerCase() === 'notification' ||
    (mail.from !== undefined && isRobot(mail.from));
  return signs || isCalendarReply(mail) ? 'system' : undefined;
}

function isCalendarReply(mail: ParsedMail): boolean {
  const parts = [mail.root, ...mail.root.children];
  return parts.some(({ headers }) => {
    const type = readStructured(headerOf(headers, 'content-type') ?? '');
    return type.value === 'text/calendar' && type.parameters.get('method')?.toUpperCase() === 'REPLY';
  });
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && !/^(no|false|0|none)?$/i.test(value.trim());
