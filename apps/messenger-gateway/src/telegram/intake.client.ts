import { setTimeout as wait } from 'node:timers/promises';
import type { Inbox } from '#libs/channels';
import { toRaw } from './raw-update.js';
import type { TelegramClient } from './telegram.client.js';
import { readUpdates } from './update-schema.js';

const pollSeconds = 50;
const lookEveryMs = 60_000;

/**
 * Long polling. Asking for the next update acknowledges those before it, so nothing is asked for before the last
 * answer is stored. Once acknowledged, polling goes on without an offset: after a quiet week Telegram may count from
 * a smaller number, and an offset would throw those updates away.
 */
export async function pollUpdates(client: TelegramClient, inbox: Inbox, stop: AbortSignal): Promise<void> {
  let offset: number | undefined;
  // The first answer comes at once: it tells that the token is good and nobody else polls.
  let timeout = 0;
  while (!stop.aborted) {
    const updates = await client.call(
      'getUpdates',
      { limit: 100, timeout, allowed_updates: readUpdates, ...(offset !== undefined && { offset }) },
      stop,
      (timeout + 15) * 1000,
    );
    if (timeout === 0) await inbox.report(undefined);
    timeout = pollSeconds;
    const last = updates.at(-1)?.update_id;
    if (last !== undefined) {
      await inbox.put(updates.map(toRaw), { name: 'updates', epoch: '', position: String(last) });
    }
    offset = last === undefined ? undefined : last + 1;
  }
}

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** Asks Telegram to call us, and keeps an eye on whether its calls come through. */
export async function keepWebhook(
  client: TelegramClient,
  { url, secret }: Webhook,
  inbox: Inbox,
  stop: AbortSignal,
): Promise<void> {
  await client.call('setWebhook', { url, secret_token: secret, allowed_updates: readUpdates }, stop);
  await inbox.report(undefined);
  let lastError: number | undefined;
  while (!stop.aborted) {
    await wait(lookEveryMs, undefined, { signal: stop });
    const info = await client.call('getWebhookInfo', {}, stop);
    const failing = info.pending_update_count > 0 && info.last_error_date !== lastError;
    lastError = info.last_error_date;
    if (info.url !== url)
      await inbox.report({ code: 'webhook-taken', detail: 'the webhook was set to another address' });
    else if (failing) await inbox.report({ code: 'webhook-failing', detail: info.last_error_message ?? '' });
    else await inbox.report(undefined);
  }
}
