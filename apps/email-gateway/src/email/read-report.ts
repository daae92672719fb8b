import type { DeliveryReport } from '#libs/contracts';
import { decodeCharset } from './decode-charset.js';
import { defined } from './defined.js';
import { readStructured } from './header-parameters.js';
import { mailAddress } from './mail-address.js';
import { messageIdOf, type ParsedMail } from './parse-mail.js';
import { headerOf, readMime, type MimePart } from './read-mime.js';
import { readHeaders, type Header } from './read-headers.js';
import { decodeTransfer } from './transfer-encoding.js';
import { cut, oneLine } from './well-formed.js';

/** What a machine reports about a mail that was sent: a delivery status, a read receipt, a complaint. */
export interface MailReport {
  readonly kind: 'bounce' | 'receipt' | 'complaint';
  readonly delivery: DeliveryReport | undefined;
  /** Message-ID of the mail that the report is about. */
  readonly about: string | undefined;
}

/** Reads a report by its parts (RFC 3464, 8098, 5965), else by the Exim text with its `X-Failed-Recipients`. */
export function readReport(mail: ParsedMail): MailReport | undefined {
  const leaves = leavesOf(mail.root);
  const about = returnedId(leaves);
  const complaint = leaves.some(({ type }) => type.value === 'message/feedback-report');
  if (complaint) return { kind: 'complaint', delivery: undefined, about };
  const receipt = leaves.find(({ type }) => type.value === 'message/disposition-notification');
  if (receipt) return { kind: 'receipt', delivery: undefined, about: fieldId(receipt) ?? about };
  const status = leaves.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type.value));
  if (status) return { kind: 'bounce', delivery: readStatus(status, about), about };
  return readEximText(mail, about);
}

function leavesOf(root: MimePart): MimePart[] {
  return root.children.length === 0 ? [root] : root.children.flatMap(leavesOf);
}

const returned =
  /^(message\/rfc822|message\/global|text\/rfc822-headers|message\/rfc822-headers|message\/global-headers)$/;

function returnedId(leaves: readonly MimePart[]): string | undefined {
  const part = leaves.find(({ type }) => returned.test(type.value));
  if (!part) return undefined;
  const id = headerOf(readMime(decodeTransfer(part.body, part.encoding)).root.headers, 'message-id');
  return id ? messageIdOf(id) : undefined;
}

function fieldId(part: MimePart): string | undefined {
  const id = headerOf(readHeaders(decodeTransfer(part.body, part.encoding)).headers, 'original-message-id');
  return id ? messageIdOf(id) : undefined;
}

/** One report may mix recipients; the worst outcome is what a person must know. */
const gravity = ['failed', 'delayed', 'delivered'] as const;

function readStatus(part: MimePart, about: string | undefined): DeliveryReport {
  const groups = fieldGroups(decodeTransfer(part.body, part.encoding));
  const recipients = groups.map(readRecipient).filter((recipient) => recipient !== undefined);
  const worst = gravity.map((outcome) => recipients.find((entry) => entry.outcome === outcome)).find(Boolean);
  return { ...defined({ externalId: about }), ...(worst ?? { outcome: 'failed' }) };
}

function fieldGroups(bytes: Buffer): (readonly Header[])[] {
  const groups: (readonly Header[])[] = [];
  let rest = bytes;
  while (rest.length > 0 && groups.length < 200) {
    const { headers, bodyStart } = readHeaders(rest);
    if (headers.length > 0) groups.push(headers);
    rest = rest.subarray(Math.max(bodyStart, 1));
  }
  return groups;
}

function readRecipient(fields: readonly Header[]): Omit<DeliveryReport, 'externalId'> | undefined {
  const final = headerOf(fields, 'final-recipient') ?? headerOf(fields, 'original-recipient');
  const action = headerOf(fields, 'action')?.toLowerCase().trim();
  if (final === undefined && action === undefined) return undefined;
  const recipient = addressIn(final ?? '');
  const status = headerOf(fields, 'status')?.match(/\d\.\d{1,3}\.\d{1,3}/)?.[0];
  const detail = cut(oneLine(text(headerOf(fields, 'diagnostic-code') ?? '')), 1000);
  return {
    outcome: outcomeOf(action, status),
    ...defined({ recipient, status, detail: detail || undefined }),
  };
}

function outcomeOf(action = '', status = ''): DeliveryReport['outcome'] {
  if (/^(delivered|relayed|expanded)/.test(action)) return 'delivered';
  if (action.startsWith('delayed')) return 'delayed';
  if (action.startsWith('failed')) return 'failed';
  return status.startsWith('4') ? 'delayed' : status.startsWith('2') ? 'delivered' : 'failed';
}

/** `rfc822; a@b`, `utf-8;a@b`, or the address alone. */
const addressIn = (field: string): string | undefined =>
  mailAddress(text(field.replace(/^[^;@]*;/, '')).replace(/^\s*<|>\s*$/g, ''));

const text = (raw: string): string => decodeCharset(Buffer.from(raw, 'latin1'));

/** mail.ru and other Exim servers: prose and one header, no parts. The returned mail stands below a dashed line. */
function readEximText(mail: ParsedMail, about: string | undefined): MailReport | undefined {
  const failed = mail.headers.first('x-failed-recipients');
  if (!failed) {
    const report = readStructured(headerOf(mail.root.headers, 'content-type') ?? '').parameters.get('report-type');
    return report === 'delivery-status' ? { kind: 'bounce', delivery: undefined, about } : undefined;
  }
  const recipient = mailAddress(failed.split(',')[0] ?? '');
  const quoted = /^\s*message-id:\s*<([^<>\s]+)>/im.exec(mail.text)?.[1];
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(mail.text)?.[1];
  const externalId = about ?? quoted;
  return {
    kind: 'bounce',
    about: externalId,
    delivery: {
      outcome: /не доставлено в течение|has not (yet )?been delivered|warning: message .* delayed/i.test(
        mail.text + mail.subject,
      )
        ? 'delayed'
        : 'failed',
      ...defined({ externalId, recipient, status }),
    },
  };
}
