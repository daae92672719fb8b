import { Injectable } from '@nestjs/common';
import type {
  Account,
  AddressOf,
  Capabilities,
  ChannelAdapter,
  Check,
  Fence,
  Inbox,
  OutboundItem,
  Place,
  Sent,
} from '#libs/channels';
import { Refused, type OutboundMessage } from '#libs/contracts';
import { AccountCheckClient } from './account-check.client.js';
import { composeMail, messageIdFor, senderAddress } from './compose-mail.js';
import { ImapIntakeClient } from './imap-intake.client.js';
import { mailAddress } from './mail-address.js';
import { MailFolderClient } from './mail-folder.client.js';
import { mailLimits } from './mail-limits.js';
import { mailPlaces } from './mail-places.js';
import { accountRetry } from './mail-trouble.js';
import { normalize } from './normalize-mail.js';
import { emailSettings, type EmailSettings } from './settings.js';
import { SmtpIntakeClient } from './smtp-intake.client.js';
import { SmtpClient } from './smtp.client.js';
import { splitText } from './split-text.js';

/** E-mail: in by IMAP, SMTP or LMTP; out by SMTP or into a folder. */
@Injectable()
export class EmailAdapter implements ChannelAdapter<EmailSettings> {
  static readonly kind = 'email';
  readonly kind = EmailAdapter.kind;
  readonly can: Capabilities = {
    subject: true,
    html: true,
    maxText: 500_000,
    maxFileBytes: mailLimits.attachmentBytes,
    maxFiles: mailLimits.attachments,
    edits: false,
    reply: true,
    initiate: true,
  };
  readonly settings = emailSettings;
  readonly normalizer = new URL('./normalize-mail.js', import.meta.url);
  readonly normalize = normalize;
  readonly rawFile = { name: 'message.eml', mediaType: 'message/rfc822' };

  constructor(
    private readonly imap: ImapIntakeClient,
    private readonly intake: SmtpIntakeClient,
    private readonly smtp: SmtpClient,
    private readonly folder: MailFolderClient,
    private readonly checks: AccountCheckClient,
  ) {}

  async receive(account: Account<EmailSettings>, inbox: Inbox, stop: AbortSignal): Promise<void> {
    const { receive } = account.settings;
    if (receive?.type === 'imap') return this.imap.receive(receive, inbox, stop);
    if (receive) return this.intake.receive(account, receive, inbox, stop);
    // An account that only sends has nothing to do here, and is well.
    await inbox.report(undefined);
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  }

  async send(account: Account<EmailSettings>, item: OutboundItem, fence: Fence, stop: AbortSignal): Promise<Sent> {
    const { send } = account.settings;
    const address = senderAddress(item.message.from, account);
    if (!send || !address) throw accountRetry({ code: send ? 'no-address' : 'cannot-send', detail: '' });
    if (!mailAddress(item.message.to)) throw new Refused('bad-address', 'not an address that mail can be sent to');
    const files = await Promise.all(item.message.attachments.map(({ content }) => item.file(content)));
    const mail = composeMail(item, { address, settings: account.settings }, files);
    if (send.type === 'smtp') await this.smtp.send(send, mail, fence, stop);
    else await this.folder.send(send, mail, fence);
    return { providerId: messageIdFor(item.externalId, address) };
  }

  split(message: OutboundMessage): readonly OutboundMessage[] {
    const [first = '', ...rest] = splitText(message.text, this.can.maxText);
    return [{ ...message, text: first }, ...rest.map((text) => ({ ...message, text, attachments: [] }))];
  }

  verify(account: Account<EmailSettings>, stop: AbortSignal, addressOf?: AddressOf): Promise<readonly Check[]> {
    return this.checks.verify(account, stop, addressOf);
  }

  places(settings: EmailSettings): readonly Place[] {
    return mailPlaces(settings);
  }
}
