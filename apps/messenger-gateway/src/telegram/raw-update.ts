import type { RawItem } from '#libs/channels';
import { telegramUpdate, type TelegramUpdate } from './update-schema.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** An update as the desk stores it before anything else: its JSON, named by its number, in the order of its chat. */
export function toRaw(update: { readonly update_id: number }): RawItem {
  const chat = chatOf(update);
  return {
    externalKey: String(update.update_id),
    ...(chat !== undefined && { orderKey: String(chat) }),
    source: { updateId: update.update_id },
    bytes: encoder.encode(JSON.stringify(update)),
  };
}

export const fromRaw = (bytes: Uint8Array): TelegramUpdate => telegramUpdate.parse(JSON.parse(decoder.decode(bytes)));

/** Looks only, because nothing may be refused before it is stored. */
function chatOf(update: object): number | string | undefined {
  for (const item of Object.values(update)) {
    const chat: unknown = item?.chat?.id;
    if (typeof chat === 'number' || typeof chat === 'string') return chat;
  }
  return undefined;
}
