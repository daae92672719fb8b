import type { InboundMessage } from '#libs/contracts';

/** What a message is made of that could not be read: its raw bytes, for people to look at. */
export interface Unread {
  readonly externalKey: string;
  readonly raw: string;
  readonly rawBytes: number;
}

/** Stands for an item that no parser could read, so that it is seen all the same. */
export const stubMessage = (
  { externalKey, raw, rawBytes }: Unread,
  { name, mediaType } = { name: 'message.bin', mediaType: 'application/octet-stream' },
): InboundMessage => ({
  v: 1,
  type: 'message',
  externalId: externalKey.slice(0, 998),
  sender: { addresses: [] },
  replyTo: '',
  others: [],
  subject: '',
  text: '',
  attachments: [{ name, mediaType, bytes: rawBytes, content: raw }],
  thread: { references: [], subjectNumbers: [] },
  flags: ['unreadable'],
});
