import { Injectable } from '@nestjs/common';
import type {
  Account,
  Capabilities,
  ChannelAdapter,
  Check,
  Fence,
  Normalized,
  OutboundItem,
  RawItem,
  Sent,
} from '#libs/channels';
import { type OutboundMessage, Refused } from '#libs/contracts';
import { formMessage, storedRequest } from './form-request.js';
import { type FormSettings, formSettings } from './form-settings.js';

/** The form in a requester's account: comes in over HTTP, and an answer is delivered once it can be read there. */
@Injectable()
export class FormAdapter implements ChannelAdapter<FormSettings> {
  static readonly kind = 'form';
  readonly kind = FormAdapter.kind;
  readonly settings = formSettings;
  readonly can: Capabilities = {
    subject: true,
    html: false,
    maxText: 100_000,
    maxFileBytes: 30 * 1024 * 1024,
    maxFiles: 10,
    edits: false,
    reply: true,
    initiate: false,
  };

  normalize(raw: RawItem): Normalized {
    const stored = storedRequest.safeParse(JSON.parse(Buffer.from(raw.bytes).toString('utf8')));
    if (!stored.success) throw new Refused('not-a-request', 'These bytes are no request of a form.');
    return { message: formMessage(stored.data), files: [] };
  }

  /** Nothing leaves the desk: from now on the page shows the answer. */
  async send(_account: Account<FormSettings>, item: OutboundItem, fence: Fence): Promise<Sent> {
    await fence();
    return { providerId: item.externalId };
  }

  split(message: OutboundMessage): readonly OutboundMessage[] {
    return [message];
  }

  async verify(): Promise<readonly Check[]> {
    return [{ step: 'form', ok: true }];
  }
}
