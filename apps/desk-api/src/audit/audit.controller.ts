import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiKeysRepository, PeopleRepository } from '#libs/access';
import { actorTypes, type AuditEntry, AuditRepository, AuditVerifier, auditOutcomes } from '#libs/audit';
import { Database } from '#libs/database';
import { DeskError, localeOf } from '#libs/platform';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { decodeCursor, pageOf, pageQuery, pageShape } from '../pages/cursor.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { actText } from './act-text.js';

const detailShape = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const entryShape = z
  .object({
    seq: idShape,
    at: dateShape,
    actor: z.object({
      type: z.enum(actorTypes),
      id: z.string().nullable(),
      role: z.string().nullable(),
      /** As they are called now; null for who is gone. */
      name: z.string().nullable(),
    }),
    act: z.string(),
    /** The act in words (Accept-Language). */
    text: z.string(),
    object: z.object({ type: z.string(), id: z.string().nullable() }).nullable(),
    outcome: z.enum(auditOutcomes),
    network: z.string().nullable(),
    details: z.record(z.string(), detailShape),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

const verdictShape = z
  .object({
    ok: z.boolean(),
    entries: z.number().int(),
    /** The last good entry; a place to compare with what was noted elsewhere. */
    end: z.object({ seq: z.string(), hash: z.string() }),
    checkpoints: z.number().int(),
    broken: z.object({ seq: idShape, why: z.enum(['gap', 'link', 'content', 'checkpoint', 'tail']) }).nullable(),
  })
  .meta({ id: 'AuditVerdict' });

/** `person:12`, `ticket:5`, or the type alone. */
const reference = z.string().regex(/^[a-zA-Z]{1,32}(:[\w.-]{1,64})?$/, 'fault.reference');
const actorReference = reference
  .transform(parted)
  .refine(({ type }) => (actorTypes as readonly string[]).includes(type), 'fault.reference');

function parted(text: string): { type: string; id: string | undefined } {
  const [type = '', id] = text.split(':', 2);
  return { type, id };
}

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const auditQuery = z.strictObject({
  ...pageQuery,
  actor: actorReference.optional(),
  act: z
    .string()
    .regex(/^[a-zA-Z]{1,32}\.[a-zA-Z]{1,32}$/)
    .optional(),
  object: reference.transform(parted).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  from: moment.optional(),
  to: moment.optional(),
});

/** Who did what, and who saw whose data. */
@Controller('api/v1/audit')
export class AuditController {
  private verifying = false;

  constructor(
    private readonly database: Database,
    private readonly entries: AuditRepository,
    private readonly verifier: AuditVerifier,
    private readonly people: PeopleRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  @Get()
  @Route('audit.list', {
    summary: 'The audit log, the latest first, by who (`person:12`), what, to what (`ticket:5`), outcome and time',
    answer: pageShape(entryShape),
  })
  async list(
    @Query({ schema: auditQuery }) { cursor, limit, ...filter }: z.output<typeof auditQuery>,
    @Headers('accept-language') language: string | undefined,
  ) {
    const before = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const found = await this.entries.page(this.database.db, filter, limit + 1, before);
    const page = pageOf(found, limit, ({ seq }) => [seq]);
    const names = await this.names(page.items);
    const locale = localeOf(language);
    const items = page.items.map(({ prevHash: _, hash, actor, ...entry }) => ({
      ...entry,
      actor: { ...actor, name: names.get(`${actor.type}:${actor.id}`) ?? null },
      text: actText(locale, entry.act),
      hash: hash.toString('hex'),
    }));
    return { items, next: page.next };
  }

  @Get('verify')
  @Route('audit.verify', {
    summary: 'Walk the chain of the audit log from its beginning; names the first entry that is not what was written',
    answer: verdictShape,
  })
  async verify() {
    if (this.verifying) throw new DeskError('too_many_requests', 'refusal.verifyingAlready');
    this.verifying = true;
    try {
      const { end, broken, ...counts } = await this.verifier.verify();
      const shown = { seq: end.seq, hash: end.hash.toString('hex') };
      return { ok: broken === undefined, ...counts, end: shown, broken: broken ?? null };
    } finally {
      this.verifying = false;
    }
  }

  private async names(entries: readonly AuditEntry[]): Promise<ReadonlyMap<string, string>> {
    const idsOf = (type: string): string[] => [
      ...new Set(entries.flatMap(({ actor }) => (actor.type === type && actor.id !== null ? [actor.id] : []))),
    ];
    const { db } = this.database;
    const [people, programs] = [
      await this.people.names(db, idsOf('person')),
      await this.keys.names(db, idsOf('program')),
    ];
    return new Map([
      ...[...people].map(([id, name]) => [`person:${id}`, name] as const),
      ...[...programs].map(([id, name]) => [`program:${id}`, name] as const),
    ]);
  }
}
