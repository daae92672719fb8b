import { Injectable } from '@nestjs/common';
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

  private async named(db: Db, filter: TicketFilter, number: string): Promise<ListedTicket | undefined> {
    if (filter.number !== undefined && filter.number !== number) return undefined;
    const [ticket] = await this.lists.page(db, { filter: { ...filter, number }, order: 'latest', limit: 1 });
    return ticket;
  }

  /**
   * Reads on in the list first: words that many tickets have are found at once so. Whoever finds too few there asks
   * the index of words, which then gives few.
   */
  private async withWords(db: Db, request: ListRequest, search: TextSearch): Promise<readonly ListedTicket[]> {
    if (search.whole === undefined) return [];
    const read = await this.lists.read(db, request, search);
    if (read.length >= request.limit || search.narrow === undefined) return read;
    return (await this.lists.isReadWhole(db, request)) ? read : this.lists.seek(db, request, search);
  }
}
