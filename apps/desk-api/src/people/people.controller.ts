import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { PeopleRepository, PeopleService, type Person, roles } from '#libs/access';
import { type PersonId, locales } from '#libs/contracts';
import { Database } from '#libs/database';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { decodeCursor, pageOf, pageQuery, pageShape } from '../pages/cursor.js';
import { dateShape, idShape, oneLine } from '../pages/shapes.js';
import { LinkSending } from '../password-links/link-sending.service.js';
import { StaffService } from '../specialists/staff.service.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';

const personShape = z
  .object({
    id: idShape,
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    locale: z.enum(locales),
    disabledAt: dateShape.nullable(),
    createdAt: dateShape,
    version: z.number().int(),
    /** Somebody without one was invited and did not come yet, or comes in by other ways. */
    hasPassword: z.boolean(),
    /** Signing in by password asks for a code, too. */
    secondFactor: z.boolean(),
    /** How many. */
    passkeys: z.number().int(),
    /** Keys of the providers of single sign-on that the person is linked with. */
    providers: z.array(z.string()),
  })
  .meta({ id: 'Person' });

const name = z.string().overwrite(oneLine).min(1).max(200);
const password = z.string().max(1024);
const newPerson = z
  .strictObject({
    email: z.email().max(320),
    name,
    role: z.enum(roles),
    locale: z.enum(locales).optional(),
    password: password.optional(),
    /** Sends a link by mail by which the person chooses a password. */
    invite: z.boolean().optional(),
    /** Makes the person somebody who is given tickets: from which queues, how many at a time. */
    specialist: z
      .strictObject({ queueIds: z.array(idShape).max(500), capacity: z.number().int().min(0).max(1000).optional() })
      .optional(),
  })
  .refine(({ role, specialist }) => role !== 'director' || !specialist, {
    path: ['specialist'],
    error: 'fault.directorSpecialist',
  })
  .refine(({ invite, password: given }) => !invite || given === undefined, {
    path: ['invite'],
    error: 'fault.invitedChooses',
  });
const personChange = z
  .strictObject({
    name: name.optional(),
    role: z.enum(roles).optional(),
    locale: z.enum(locales).optional(),
    disabled: z.boolean().optional(),
    password: password.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');
const listQuery = z.strictObject(pageQuery);

/** Who works at the desk. */
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly database: Database,
    private readonly repository: PeopleRepository,
    private readonly people: PeopleService,
    private readonly streams: EventStreams,
    private readonly staff: StaffService,
    private readonly sending: LinkSending,
  ) {}

  @Get()
  @Route('people.list', { summary: 'People of the desk', answer: pageShape(personShape) })
  async list(@Query({ schema: listQuery }) { cursor, limit }: z.output<typeof listQuery>) {
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const found = await this.repository.list(this.database.db, after, limit + 1);
    return pageOf(found, limit, ({ id }) => [id]);
  }

  @Post()
  @Route('people.create', { summary: 'Add a person, with a password or an invitation by mail', answer: personShape })
  async create(
    @Body({ schema: newPerson }) { specialist, invite, ...person }: z.output<typeof newPerson>,
  ): Promise<Person> {
    // Looked at first: a person must not be left half made because a queue is not there.
    if (specialist) await this.staff.mustKnow(specialist.queueIds);
    if (invite) await this.sending.mustReach(person.email);
    const added = await this.people.add(
      person,
      invite ? (tx, afterCommit, one) => this.sending.invite(tx, afterCommit, one) : undefined,
    );
    const { queueIds, capacity } = specialist ?? {};
    if (queueIds) await this.staff.declare(added.id, { queueIds, ...(capacity !== undefined && { capacity }) });
    return added;
  }

  @Patch(':id')
  @Route('people.update', {
    summary: 'Change the name, role, language or password of a person, or disable them; ends their sessions',
    answer: personShape,
    ifMatch: 'optional',
  })
  async update(
    @Param('id', { schema: idShape }) id: PersonId,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: personChange }) change: z.output<typeof personChange>,
  ): Promise<Person> {
    const person = await this.people.change(id, versions, change);
    await this.streams.recheck();
    return person;
  }
}
