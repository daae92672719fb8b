import { Injectable } from '@nestjs/common';
import { PeopleRepository, PeopleService, type Person } from '#libs/access';
import type { QueueId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { SpecialistsRepository } from '#libs/specialists';
import type { DeskFile } from './desk-file.js';

type DeclaredPerson = DeskFile['people'][number];

/** Brings the people of a desk to what its file declares. */
@Injectable()
export class DeclarePeopleService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly rows: PeopleRepository,
    private readonly specialists: SpecialistsRepository,
  ) {}

  /** In the order declared. The password of somebody who is here already is their own and stays. */
  async declare(declared: readonly DeclaredPerson[]): Promise<Person[]> {
    const people: Person[] = [];
    for (const { specialist: _, password, ...person } of declared) {
      const known = await this.rows.byEmail(this.database.db, person.email);
      people.push(await this.people.declare(known ? person : { ...person, password }));
    }
    return people;
  }

  /** Makes those specialists who are declared so; `people` are the answers of `declare`. */
  async makeSpecialists(
    tx: Db,
    declared: readonly DeclaredPerson[],
    people: readonly Person[],
    queueIds: ReadonlyMap<string, QueueId>,
  ): Promise<void> {
    const specialists = declared.flatMap(({ specialist }, index) => {
      const person = people[index];
      if (!specialist || !person) return [];
      const { capacity, presence, queues } = specialist;
      const ids = queues.map((key) => queueIds.get(key)).filter((id) => id !== undefined);
      return [{ id: person.id, capacity, presence, queueIds: ids }];
    });
    await this.specialists.save(tx, specialists);
  }
}
