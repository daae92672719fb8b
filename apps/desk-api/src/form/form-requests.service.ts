import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InboxRepository } from '#libs/channels';
import { Database } from '#libs/database';
import { DeskError, PlatformConfig } from '#libs/platform';
import { TakeInService } from '#libs/routing';
import { type Ticket, TicketRepository } from '#libs/tickets';
import type { FormBody } from './form-body.service.js';
import type { Form } from './form-accounts.service.js';
import { FormChecks } from './form-checks.service.js';
import { formMessage, type StoredRequest } from './form-request.js';
import type { FormUser } from './form-token.js';

export interface Submission {
  readonly form: Form;
  readonly body: FormBody;
  readonly user: FormUser | undefined;
  /** The caller's `Idempotency-Key`. */
  readonly key: string | undefined;
}

/** Takes requests of a form in: kept first, then routed at once, so that the answer has the number. */
@Injectable()
export class FormRequests {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly takeIn: TakeInService,
    private readonly tickets: TicketRepository,
    private readonly checks: FormChecks,
    private readonly config: PlatformConfig,
  ) {}

  async submit({ form, body, user, key }: Submission): Promise<Ticket> {
    const { token: _token, website: _website, ...fields } = body.fields;
    await this.checks.check(fields, user);
    const request: StoredRequest = {
      v: 1,
      form: form.account.name,
      // A key belongs to whoever gave it: another user's equal key is another request.
      key: `${user ? `user:${user.sub}` : 'anybody'}:${key ?? randomUUID()}`,
      region: this.config.PHONE_REGION,
      fields,
      ...(user && { user }),
      files: body.files,
    };
    const raw = Buffer.from(JSON.stringify(request));
    const taken = await this.takeIn.take({
      accountId: form.account.id,
      channel: 'form',
      externalKey: request.key,
      raw,
      message: formMessage(request),
    });
    if (!taken.isNew) await this.mustBeSame(taken.inboxId, raw);
    const ticket = await this.tickets.get(this.database.db, taken.ticketId);
    if (!ticket) throw new DeskError('unavailable');
    return ticket;
  }

  /** The bytes of a request say which it is: a repetition has the same. */
  private async mustBeSame(inboxId: string, raw: Uint8Array): Promise<void> {
    const row = await this.inbox.get(this.database.db, inboxId);
    if (row?.raw !== createHash('sha256').update(raw).digest('hex')) throw new DeskError('idempotency_key_reused');
  }
}
