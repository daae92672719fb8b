import { Injectable } from '@nestjs/common';
import { mayCall, type Principal } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError, type Fault } from '#libs/platform';
import { RequestersRepository } from '#libs/requesters';
import { QueuesRepository, SpecialistsRepository } from '#libs/specialists';
import { TicketListService, type TicketFilter } from '#libs/tickets';
import type { TicketsAsked } from './filter-shapes.js';

interface Named {
  readonly queue?: string | undefined;
  readonly kind?: string | null | undefined;
  readonly specialistId?: PersonId;
}

/** What callers name and must exist: queues, kinds, specialists, requesters, themselves. */
@Injectable()
export class TicketPlaces {
  constructor(
    private readonly database: Database,
    private readonly queues: QueuesRepository,
    private readonly specialists: SpecialistsRepository,
    private readonly requesters: RequestersRepository,
    private readonly lists: TicketListService,
  ) {}

  /** Refuses a queue, a kind or a specialist that there is not, all at once. */
  async mustExist(named: Named): Promise<void> {
    const { db } = this.database;
    const faults: Fault[] = [];
    if (named.queue !== undefined && !(await this.queues.list(db)).some(({ id }) => id === named.queue)) {
      faults.push({ path: 'queue', message: 'fault.noQueue' });
    }
    if (named.kind && !(await this.queues.kinds(db)).some(({ key }) => key === named.kind)) {
      faults.push({ path: 'kind', message: 'fault.noKind' });
    }
    if (named.specialistId !== undefined && !(await this.specialists.get(db, named.specialistId))) {
      faults.push({ path: 'specialistId', message: 'fault.noSpecialist' });
    }
    if (faults.length > 0) throw new DeskError('invalid_input', undefined, faults);
  }

  /** The filter of a list as the lists take it. */
  async filter(query: TicketsAsked, caller: Principal): Promise<TicketFilter> {
    const { state, queue, channel, kind, q, assignee, requester, ...alike } = query;
    return {
      ...alike,
      states: state,
      queueIds: queue,
      channels: channel,
      kinds: kind,
      assigneeId: assignee && assigneeOf(assignee, caller),
      requesterIds: requester === undefined ? undefined : await this.requesters.idsOf(this.database.db, requester),
      search: q?.trim() ? await this.lists.searchOf(q, mayRead(caller) ? 'everything' : 'heading') : undefined,
    };
  }
}

/** Whoever may not read what was said must not find out by asking for words. */
const mayRead = (caller: Principal): boolean => mayCall(caller, 'tickets.messages') === 'yes';

function assigneeOf(named: string, caller: Principal): PersonId | null {
  if (named === 'none') return null;
  if (named !== 'me') return named;
  if (caller.type === 'person') return caller.id;
  throw new DeskError('invalid_input', undefined, [{ path: 'assignee', message: 'fault.keyIsNobody' }]);
}
