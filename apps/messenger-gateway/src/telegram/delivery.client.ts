import type { Fence, OutboundItem, Sent } from '#libs/channels';
import { Refused } from '#libs/contracts';
import { ApiFailure, sendingFailure } from './api-failure.js';
import { composeCall, limits, type Form } from './compose-call.js';
import { messageKey } from './telegram-update.js';
import type { TelegramClient } from './telegram.client.js';

/** Delivers one item, giving up marks or pictures when the server does not take them: a plain answer beats none. */
export async function deliverItem(
  client: TelegramClient,
  item: OutboundItem,
  fence: Fence,
  stop: AbortSignal,
): Promise<Sent> {
  const { message } = item;
  if (message.attachments.some(({ bytes }) => bytes > limits.fileBytes)) {
    throw new Refused('file-too-large', `a bot may send files of at most ${limits.fileBytes} bytes`);
  }
  const files = await Promise.all(message.attachments.map(({ content }) => item.file(content)));
  let passed: Promise<void> | undefined;
  const gate = (): Promise<void> => (passed ??= fence());
  let form: Form = { plain: false, documents: false };
  for (;;) {
    try {
      const { method, payload } = composeCall(message, files, form);
      const sent = [await client.deliver(method, payload, gate, stop)].flat();
      return { providerId: messageKey(message.to, sent[0]?.message_id ?? 0) };
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const simpler = simplerForm(form, error);
      if (!simpler) throw sendingFailure(error);
      form = simpler;
    }
  }
}

/** Only after a clear no, so that nothing can arrive twice; each part of the form is given up once. */
function simplerForm(form: Form, failure: ApiFailure): Form | undefined {
  if (failure.wantsPlainText && !form.plain) return { ...form, plain: true };
  if (failure.wantsDocument && !form.documents) return { ...form, documents: true };
  return undefined;
}
