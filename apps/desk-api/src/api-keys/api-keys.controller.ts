import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { type ApiKey, ApiKeysRepository, ApiKeysService, type Principal, scopes } from '#libs/access';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { decodeCursor, pageOf, pageQuery, pageShape } from '../pages/cursor.js';
import { dateShape, idShape } from '../pages/shapes.js';

const keyShape = z
  .object({
    id: idShape,
    prefix: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdBy: idShape.nullable(),
    createdAt: dateShape,
    expiresAt: dateShape.nullable(),
    revokedAt: dateShape.nullable(),
    lastUsedAt: dateShape.nullable(),
  })
  .meta({ id: 'ApiKey' });
const issuedShape = keyShape.extend({ key: z.string() }).meta({ id: 'IssuedApiKey' });

const newKey = z.strictObject({
  name: z.string().trim().min(1).max(200),
  scopes: z.array(z.enum(scopes)).min(1),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
const listQuery = z.strictObject(pageQuery);

/** Keys of programs; the key itself is shown once, when it is made. */
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly database: Database,
    private readonly repository: ApiKeysRepository,
    private readonly keys: ApiKeysService,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Route('apiKeys.list', { summary: 'API keys without their secrets', answer: pageShape(keyShape) })
  async list(@Query({ schema: listQuery }) { cursor, limit }: z.output<typeof listQuery>) {
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const found = await this.repository.list(this.database.db, after, limit + 1);
    return pageOf(found, limit, ({ id }) => [id]);
  }

  @Post()
  @Route('apiKeys.create', { summary: 'Make an API key; the answer alone shows it', answer: issuedShape })
  async create(@Caller() caller: Principal, @Body({ schema: newKey }) wish: z.output<typeof newKey>) {
    const expiresAt = wish.expiresAt === undefined ? undefined : new Date(wish.expiresAt);
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      throw new DeskError('invalid_input', undefined, [{ path: 'expiresAt', message: 'fault.inPast' }]);
    }
    const { row, key } = await this.keys.issue(caller, { ...wish, expiresAt });
    return { ...row, key };
  }

  @Delete(':id')
  @Route('apiKeys.revoke', { summary: 'Revoke an API key', answer: keyShape })
  async revoke(@Param('id', { schema: idShape }) id: string): Promise<ApiKey> {
    const revoked = await this.repository.revoke(this.database.db, id);
    if (!revoked) throw new DeskError('not_found');
    await this.streams.recheck();
    return revoked;
  }
}
