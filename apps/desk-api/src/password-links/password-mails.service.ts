import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IssuedLink, Person } from '#libs/access';
import { AccountsRepository, ChannelsRepository, type NewOutbox, OutboxRepository } from '#libs/channels';
import { type AccountId, outboundJob } from '#libs/contracts';
import type { AfterCommit, Db } from '#libs/database';
import { DeskError, PlatformConfig, Secrets, toBase32 } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import { composePasswordMail, isOwnAddress } from './compose-password-mail.js';

const channel = 'email';

/** Sends password links through the desk's own mailbox. */
@Injectable()
export class PasswordMails {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly channels: ChannelsRepository,
    private readonly outbox: OutboxRepository,
    private readonly queue: JobQueue,
    private readonly secrets: Secrets,
    private readonly config: PlatformConfig,
  ) {}

  /** Whether a mail can be sent to anybody at all. */
  async possible(db: Db): Promise<boolean> {
    return (await this.sender(db)) !== undefined;
  }

  /** The mailbox it leaves from; refused where there is none, and where the mail would only come back to the desk. */
  async mustReach(db: Db, { email }: Pick<Person, 'email'>): Promise<AccountId> {
    if (isOwnAddress(email, await this.accounts.ownAddresses(db, channel))) {
      throw new DeskError('invalid_input', undefined, [{ path: 'email', message: 'fault.ownAddress' }]);
    }
    const sender = await this.sender(db);
    if (!sender) throw new DeskError('no_mail_account');
    return sender;
  }

  async send(tx: Db, afterCommit: AfterCommit, person: Person, link: IssuedLink): Promise<void> {
    const accountId = await this.mustReach(tx, person);
    const [id] = await this.outbox.add(tx, [this.item(accountId, person, link)]);
    if (id) afterCommit(() => this.queue.add(outboundJob(channel), [id]));
  }

  /** The oldest mailbox that works; one that fails is better than none, for it may work again. */
  private async sender(db: Db): Promise<AccountId | undefined> {
    const can = (await this.channels.get(db, channel))?.capabilities;
    if (!can?.initiate) return undefined;
    const accounts = await this.accounts.list(db, { channels: [channel], enabled: true });
    const rank = (state: string): number => (state === 'failing' ? 1 : 0);
    return accounts
      .filter(({ address }) => address !== null)
      .sort((a, b) => rank(a.state) - rank(b.state) || Number(BigInt(a.id) - BigInt(b.id)))[0]?.id;
  }

  private item(accountId: AccountId, { email, locale }: Person, { purpose, token }: IssuedLink): NewOutbox {
    const { DESK_NAME, PUBLIC_URL } = this.config;
    const mail = composePasswordMail({ purpose, token, locale, desk: DESK_NAME, publicUrl: PUBLIC_URL });
    const externalId = `desk-${toBase32(randomBytes(16))}`;
    return {
      ticketId: null,
      messageId: null,
      orderKey: `d${email}`,
      channel,
      accountId,
      message: {
        v: 1,
        to: email,
        subject: mail.subject,
        text: '',
        sealedText: this.secrets.seal(mail.text),
        attachments: [],
        references: [],
        automatic: true,
        ticketNumber: '',
        locale,
      },
      externalId,
      idem: externalId,
      automatic: true,
    };
  }
}
