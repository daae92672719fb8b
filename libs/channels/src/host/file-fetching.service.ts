import { Injectable, Logger } from '@nestjs/common';
import { Refused, type InboundMessage } from '#libs/contracts';
import { FileStore } from '#libs/files';
import { HostTiming } from './host-timing.js';
import { HostedAccounts, type HostedAccount } from './hosted-accounts.service.js';
import { pause } from './pause.service.js';

type Attachment = InboundMessage['attachments'][number];
const tries = 3;

/** Fetches the bytes of attachments that came as a reference. What can't be had never holds the message up. */
@Injectable()
export class FileFetching {
  private readonly log = new Logger(FileFetching.name);

  constructor(
    private readonly files: FileStore,
    private readonly accounts: HostedAccounts,
    private readonly timing: HostTiming,
  ) {}

  /** Whether something of the message has to be fetched. */
  wanted(message: InboundMessage): boolean {
    return message.attachments.some(missingHere);
  }

  /** The message with everything fetched that could be, within the time for one message. */
  async fill(message: InboundMessage, accountId: string): Promise<InboundMessage> {
    const hosted = await this.accounts.get(accountId);
    const over = AbortSignal.timeout(this.timing.fetchMs);
    const attachments: Attachment[] = [];
    for (const one of message.attachments) {
      attachments.push(missingHere(one) ? await this.fetch(one, hosted, over) : one);
    }
    return { ...message, attachments };
  }

  private async fetch(
    attachment: Attachment,
    hosted: HostedAccount | undefined,
    over: AbortSignal,
  ): Promise<Attachment> {
    const { remote, ...here } = attachment;
    const { adapter, account } = hosted ?? {};
    for (let n = 1; adapter?.fetchFile && account && remote && n <= tries && !over.aborted; n += 1) {
      try {
        const bytes = await adapter.fetchFile(account, remote, over);
        if (bytes.byteLength > adapter.can.maxFileBytes) return { ...here, missing: 'too-large' };
        const [content] = await this.files.put([bytes]);
        return { ...here, bytes: bytes.byteLength, content: content! };
      } catch (error) {
        if (error instanceof Refused)
          return { ...here, missing: error.code === 'too-large' ? 'too-large' : 'unavailable' };
        this.log.warn({ accountId: account.id, attempt: n, error: (error as Error).name }, 'file not fetched');
        if (n < tries) await pause(this.timing.fetchPauseMs * n, over);
      }
    }
    return { ...here, missing: 'unavailable' };
  }
}

const missingHere = ({ remote, content, missing }: Attachment): boolean =>
  remote !== undefined && content === undefined && missing === undefined;
