import { Body, Controller, Get, Headers, Param, Patch, Post } from '@nestjs/common';
import { type AccountRow, AccountsRepository, AccountsService, ChannelsRepository } from '#libs/channels';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError, localeOf } from '#libs/platform';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { accountShape, accountView } from './account-view.js';
import { AccountsAdmin } from './accounts-admin.service.js';

const settings = z.record(z.string(), z.unknown());
const newAccount = z.strictObject({
  channel: z.string().min(1).max(32),
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'fault.accountName'),
  address: z.string().max(320).optional(),
  settings: settings.default({}),
  queueId: idShape.optional(),
  enabled: z.boolean().default(true),
});
const accountChange = z.strictObject({
  address: z.string().max(320).nullable().optional(),
  /** All settings; a secret that is left out, or sent as `********`, stays as it is. */
  settings: settings.optional(),
  queueId: idShape.nullable().optional(),
  enabled: z.boolean().optional(),
});
const channelShape = z
  .object({
    kind: z.string(),
    capabilities: z.record(z.string(), z.unknown()),
    settingsSchema: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Channel' });

/** What the desk is reached by, and how each does. */
@Controller('api/v1')
export class AccountsController {
  constructor(
    private readonly database: Database,
    private readonly repository: AccountsRepository,
    private readonly accounts: AccountsService,
    private readonly channels: ChannelsRepository,
    private readonly admin: AccountsAdmin,
  ) {}

  @Get('channels')
  @Route('channels.list', {
    summary: 'Channels that announced themselves, with the JSON Schema of their settings',
    answer: z.object({ items: z.array(channelShape), next: z.null() }),
  })
  async listChannels() {
    const announced = await this.channels.list(this.database.db);
    const items = announced.map(({ kind, capabilities, settingsSchema }) => ({ kind, capabilities, settingsSchema }));
    return { items, next: null };
  }

  @Get('accounts')
  @Route('accounts.list', {
    summary: 'Mailboxes, bots and forms with their state, and what is wrong in words (Accept-Language)',
    answer: z.object({ items: z.array(accountShape), next: z.null() }),
  })
  async list(@Headers('accept-language') language: string | undefined) {
    const found = await this.repository.list(this.database.db);
    return { items: found.map((row) => this.view(row, language)), next: null };
  }

  @Get('accounts/:id')
  @Route('accounts.get', { summary: 'One account', answer: accountShape })
  async get(@Param('id', { schema: idShape }) id: AccountId, @Headers('accept-language') language: string | undefined) {
    const row = await this.repository.get(this.database.db, id);
    if (!row) throw new DeskError('not_found');
    return this.view(row, language);
  }

  @Post('accounts')
  @Route('accounts.create', { summary: 'Add an account; its gateway serves it within seconds', answer: accountShape })
  async create(
    @Body({ schema: newAccount }) wish: z.output<typeof newAccount>,
    @Headers('accept-language') language: string | undefined,
  ) {
    return this.view(await this.admin.create(wish), language);
  }

  @Patch('accounts/:id')
  @Route('accounts.update', {
    summary: 'Change an account, or switch it on or off. Secrets can be written, never read',
    answer: accountShape,
    ifMatch: 'optional',
  })
  async update(
    @Param('id', { schema: idShape }) id: AccountId,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: accountChange }) change: z.output<typeof accountChange>,
    @Headers('accept-language') language: string | undefined,
  ) {
    return this.view(await this.admin.change(id, versions, change), language);
  }

  private view(row: AccountRow, language: string | undefined) {
    return accountView(row, this.accounts.settings(row), localeOf(language));
  }
}
