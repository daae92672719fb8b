import { z } from 'zod';
import type {
  Account,
  AccountFacts,
  Capabilities,
  ChannelAdapter,
  Check,
  Fence,
  Inbox,
  Normalized,
  OutboundItem,
  RawItem,
  Sent,
} from '#libs/channels';
import { type OutboundMessage, Refused } from '#libs/contracts';
import { readTalk } from './talk-parser.mjs';

export const talkSettings = z.object({ room: z.string(), token: z.string().meta({ secret: true }) });
export type TalkSettings = z.infer<typeof talkSettings>;

type Receive = (account: Account<TalkSettings>, inbox: Inbox, stop: AbortSignal) => Promise<void>;
type Send = (item: OutboundItem, fence: Fence, stop: AbortSignal) => Promise<Sent>;

/** A channel whose other side is the test: what it receives and how sending goes is given from outside. */
export class TalkAdapter implements ChannelAdapter<TalkSettings> {
  static readonly kind = 'talk';
  readonly kind = TalkAdapter.kind;
  readonly settings = talkSettings;
  readonly can: Capabilities = {
    subject: false,
    html: false,
    maxText: 10,
    maxFileBytes: 100,
    maxFiles: 3,
    edits: false,
    reply: true,
    initiate: true,
  };
  receiving: Receive = (_account, _inbox, stop) => stopped(stop);
  sending: Send = async (item, fence) => {
    await fence();
    this.sent.push(item.message.text);
    return { providerId: `id of ${item.externalId}` };
  };
  fetching: (remote: string) => Promise<Uint8Array> = () => Promise.reject(new Error('nothing to fetch'));
  readonly sent: string[] = [];

  receive(account: Account<TalkSettings>, inbox: Inbox, stop: AbortSignal): Promise<void> {
    return this.receiving(account, inbox, stop);
  }

  normalize(raw: RawItem, _facts: AccountFacts): Normalized {
    const read = readTalk(raw);
    if (read.foreign) throw new Refused('foreign', 'not for us');
    return read as Normalized;
  }

  fetchFile(_account: Account<TalkSettings>, remote: string): Promise<Uint8Array> {
    return this.fetching(remote);
  }

  send(_account: Account<TalkSettings>, item: OutboundItem, fence: Fence, stop: AbortSignal): Promise<Sent> {
    return this.sending(item, fence, stop);
  }

  split(message: OutboundMessage): readonly OutboundMessage[] {
    const texts = message.text.match(/[^]{1,10}/gu) ?? [''];
    return texts.map((text) => ({ ...message, text }));
  }

  async verify(): Promise<readonly Check[]> {
    return [{ step: 'talk', ok: true }];
  }
}

export const stopped = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
