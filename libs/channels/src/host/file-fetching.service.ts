import { Injectable, Logger } from '@nestjs/common';
import { Refused, type InboundMessage } from '#libs/contracts';
import { FileStore } from '#libs/files';
import type { Account, ChannelAdapter } from '../channel-adapter.js';
import { HostLimits } from './host-limits.js';
import { HostedAccounts, type HostedAccount } from './hosted-accounts.service.js';
import { pause } from './pause.service.js';

type Attachment = InboundMessage['attachments'][number];
const tries = 3;

/** What is known of a file afterwards. */
type Fetched = Pick<Attachment, 'missing'> | Pick<Attachment, 'bytes' | 'content'>;
const unavailable: Fetched = { missing: 'unavailable' };
const tooLarge: Fetched = { missing: 'too-large' };

/** Fetches the bytes of attachments that came as a reference. What can't be had never holds the message up. */
@Injectable()
export class FileFetching {
  private readonly log = new Logger(FileFetching.name);

  constructor(
    private readonly files: FileStore,
    private readonly accounts: HostedAccounts,
    private readonly limits: HostLimits,
  ) {}

  /** Whether something of the message has to be fetched. */
  wanted(message: InboundMessage): boolean {
    return message.attachments.some(missingHere);
  }

  /** The message with everything fetched that could be, within the time for one message. */
  async fill(message: InboundMessage, accountId: string): Promise<InboundMessage> {
    const hosted = await this.accounts.get(accountId);
    const over = AbortSignal.timeout(this.limits.fetchMs);
    const attachments: Attachment[] = [];
    for (const one of message.attachments) {
      if (!missingHere(one)) attachments.push(one);
      else {
        const { remote, ...here } = one;
        attachments.push({ ...here, ...(await this.fetch(remote!, hosted, over)) });
      }
    }
    return { ...message, attachments };
  }

  private async fetch(remote: string, hosted: HostedAccount | undefined, over: AbortSignal): Promise<Fetched> {
    if (!hosted?.account || !hosted.adapter.fetchFile) return unavailable;
    for (let n = 1; n <= tries && !over.aborted; n += 1) {
      try {
        return await this.fetchOnce(remote, hosted.adapter, hosted.account, over);
      } catch (error) {
        if (error instanceof Refused) return error.code === 'too-large' ? tooLarge : unavailable;
        this.log.warn({ accountId: hosted.row.id, attempt: n, error: (error as Error).name }, 'file not fetched');
        if (n < tries) await pause(this.limits.fetchPauseMs * n, over);
      }
    }
    return unavailable;
  }

  private async fetchOnce(
    remote: string,
    adapter: ChannelAdapter,
    account: Account,
    over: AbortSignal,
  ): Promise<Fetched> {
    const bytes = await adapter.fetchFile!(account, remote, over);
    if (bytes.byteLength > adapter.can.maxFileBytes) return tooLarge;
    const [content] = await this.files.put([bytes]);
    return { bytes: bytes.byteLength, content: content! };
  }
}

const missingHere = ({ remote, content, missing }: Attachment): boolean =>
  remote !== undefined && content === undefined && missing === undefined;
