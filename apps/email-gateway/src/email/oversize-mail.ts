import { mailLimits, oversizeHeader } from './mail-limits.js';

const note =
  'Письмо слишком велико и не загружено целиком: оно осталось в почтовом ящике.\r\n' +
  'The message is too large and was not fetched: it is still in the mailbox.\r\n';

/** An item that stands for a mail over the limit: its header, and a line that says where the rest is. */
export function oversizeMail(header: Buffer, size: number): Buffer {
  const block = header
    .subarray(0, mailLimits.headerBytes * 4)
    .toString('latin1')
    .trimEnd();
  return Buffer.concat([Buffer.from(`${oversizeHeader}: ${size}\r\n${block}\r\n\r\n`, 'latin1'), Buffer.from(note)]);
}
