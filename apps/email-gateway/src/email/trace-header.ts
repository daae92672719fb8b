import { oneLine } from './well-formed.js';

/** The facts of a hand-over that are no part of the mail itself. */
export interface HandOver {
  /** Ours, unique. */
  readonly id: string;
  readonly at: Date;
  readonly protocol: string;
  readonly clientName: string;
  readonly clientAddress: string;
  /** Empty for the null sender. */
  readonly sender: string;
  readonly recipients: readonly string[];
}

/**
 * The lines that whoever accepts a mail puts above it (RFC 5321, 4.4): the envelope, which is lost otherwise, and a
 * trace with an id, which tells apart two mails that have none.
 */
export function traceHeader(over: HandOver): string {
  const lines = [
    `Return-Path: <${word(over.sender)}>`,
    ...over.recipients.map((recipient) => `Delivered-To: ${word(recipient)}`),
    `Received: from ${word(over.clientName) || 'unknown'} ([${word(over.clientAddress)}])`,
    `\tby switchboard with ${word(over.protocol) || 'SMTP'} id ${word(over.id)};`,
    `\t${over.at.toUTCString().replace('GMT', '+0000')}`,
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** No blanks, no brackets, nothing that could end a line or begin another header. */
const word = (text: string): string =>
  oneLine(text)
    .replace(/[\s<>()[\]]/g, '')
    .slice(0, 320);
