import { type OutboundMessage, outboundMessage } from '#libs/contracts';
import type { NewOutbox, RawItem } from '#libs/channels';

export const rawItem = (
  externalKey: string,
  { text = 'hello', chat = '7', ...more }: { text?: string; chat?: string; files?: string[]; remote?: string } = {},
  { order = chat, content }: { order?: string; content?: string } = {},
): RawItem => ({
  externalKey,
  orderKey: order,
  ...(content !== undefined && { contentKey: content }),
  source: { n: externalKey },
  bytes: Buffer.from(JSON.stringify({ chat, text, ...more })),
});

export const outbound = (text: string, to = '7'): OutboundMessage =>
  outboundMessage.parse({ v: 1, to, text, locale: 'ru' });

export const newOutbox = (accountId: string, key: string, more: Partial<NewOutbox> = {}): NewOutbox => ({
  ticketId: null,
  messageId: null,
  orderKey: 'd7',
  channel: 'talk',
  accountId,
  message: outbound(key),
  externalId: `x-${key}`,
  idem: `i-${key}`,
  automatic: false,
  ...more,
});
