import { type Charset, encodeText } from './encode-text.js';

export interface MailParts {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly charset?: Charset;
  readonly fromName?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachment?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
}

const word = (text: string, charset: Charset): string =>
  `=?${charset}?B?${encodeText(text, charset).toString('base64')}?=`;

const lines = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');

/** A mail as the programs of people write it: encoded words, base64 text in its charset, perhaps a file. */
export function writeMail(parts: MailParts): string {
  const { charset = 'utf-8', attachment } = parts;
  const text = [
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: base64',
    '',
    lines(encodeText(parts.text, charset)),
  ];
  const body = attachment ? mixed(text, attachment, charset) : text;
  const head = {
    From: parts.fromName ? `${word(parts.fromName, charset)} <${parts.from}>` : parts.from,
    To: parts.to,
    Subject: word(parts.subject, charset),
    'Message-ID': `<${parts.messageId}>`,
    Date: 'Tue, 24 Nov 2026 09:00:00 +0300',
    'MIME-Version': '1.0',
    ...(parts.inReplyTo && { 'In-Reply-To': `<${parts.inReplyTo}>` }),
    ...(parts.references && { References: parts.references.map((id) => `<${id}>`).join('\r\n ') }),
    ...parts.headers,
  };
  return [...Object.entries(head).map(([name, value]) => `${name}: ${value}`), ...body, ''].join('\r\n');
}

function mixed(text: readonly string[], file: NonNullable<MailParts['attachment']>, charset: Charset): string[] {
  const boundary = 'part-of-the-mail';
  return [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    `--${boundary}`,
    ...text,
    `--${boundary}`,
    `Content-Type: ${file.type}; name="${word(file.name, charset)}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${word(file.name, charset)}"`,
    '',
    lines(file.bytes),
    `--${boundary}--`,
  ];
}
