import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { PlatformConfig } from '#libs/platform';
import { GrammarRepository } from '../search/grammar.repository.js';
import { readSearch } from '../search/read-search.js';
import { searchQuery, textsOf } from '../search/search-query.js';
import { listStart } from './list-order.js';
import type { TextSearch, TicketFilter } from './ticket-filter.js';
import { TicketListRepository, type ListedTicket, type ListRequest } from './ticket-list.repository.js';

/** Lists of tickets with what people type into the search. */
@Injectable()
export class TicketListService {
  constructor(
    private readonly database: Database,
    private readonly config: PlatformConfig,
    private readonly grammar: GrammarRepository,
    private readonly lists: TicketListRepository,
  ) {}

  /** What was typed, as a filter. */
  async searchOf(typed: string, within: TextSearch['within']): Promise<TextSearch> {
    const search = readSearch(typed, this.config.PHONE_REGION);
    const grammars = await this.grammar.of(this.database.db, textsOf(search));
    return { ...searchQuery(search, grammars), within };
  }

  /** Up to `limit` tickets, and one more on the first page where the search names it by its number. */
  async page(request: ListRequest): Promise<readonly ListedTicket[]> {
    const { db } = this.database;
    const { search } = request.filter;
    if (!search) return this.lists.page(db, request);
    const named = search.number ? await this.named(db, request.filter, search.number) : undefined;
    if (!named) return this.withWords(db, request, search);
    const oneMore = { ...request, limit: request.limit + 1 };
    const others = (await this.withWords(db, oneMore, search)).filter(({ id }) => id !== named.id);
    const found = others.slice(0, request.limit);
    return request.after ? found : [{ ...named, position: listStart(request.order) }, ...found];
  }

  /** How many tickets each list has: exact up to `most`, or up to `mostFound` where it looks for words. */
  async counts(
    requests: readonly Pick<ListRequest, 'filter' | 'order'>[],
    most: number,
    mostFound: number,
  ): Promise<readonly Count[]> {
    const { db } = this.database;
    const plain = requests.filter(({ filter }) => !filter.search);
    const counted = await this.lists.counts(db, plain, most + 1);
    const counts = new Map(plain.map((request, place) => [request, upTo(most, counted[place] ?? 0)]));
    return Promise.all(
      requests.map(async (request) => {
        const { search } = request.filter;
        if (!search) return counts.get(request) ?? upTo(most, 0);
        return upTo(mostFound, await this.lists.countFound(db, request.filter, search, mostFound + 1));
      }),
    );
  }

  /** Ids of the tickets of a list, at most so many, in no order. */
  ids(request: Pick<ListRequest, 'filter' | 'order'>, most: number): Promise<readonly TicketId[]> {
    return this.lists.ids(this.database.db, request, most);
  }

  private async named(db: Db, filter: TicketFilter, number: string): Promise<ListedTicket | undefined> {
    if (filter.number !== undefined && filter.number !== number) return undefined;
    const [ticket] = await this.lists.page(db, { filter: { ...filter, number }, order: 'latest', limit: 1 });
    return ticket;
  }

  /**
   * Reads on in the list first: words that many tickets have are found at once so. Where the beginning has some, it
   * tells how far to read; where it has next to none, few tickets have them, and the index of words is quick.
   */
  private async withWords(db: Db, request: ListRequest, search: TextSearch): Promise<readonly ListedTicket[]> {
    if (search.whole === undefined) return [];
    let found: readonly ListedTicket[] = [];
    for (let most = firstReading; most > 0; most = nextReading(most, found.length, request.limit)) {
      found = await this.lists.read(db, request, search, most);
      if (found.length >= request.limit || (await this.lists.isShort(db, request, most))) return found;
    }
    return search.narrow === undefined ? found : this.lists.seek(db, request, search);
  }
}

/** How many there are, or at least are. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

const upTo = (most: number, count: number): Count => ({ count: Math.min(most, count), more: count > most });

const firstReading = 1_000;
const longestReading = 20_000;

/** How far to read when so many were found among the first; 0: no further. */
function nextReading(read: number, found: number, wanted: number): number {
  if (read > firstReading) return 0;
  const enough = Math.ceil((2 * read * wanted) / Math.max(found, 1));
  return enough <= longestReading ? enough : 0;
}
