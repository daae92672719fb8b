import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/access';
import { SavedViewsService, TicketListService, type ListRequest, type SavedView } from '#libs/tickets';
import { ticketFilter } from '../tickets/filter-shapes.js';
import { TicketPlaces } from '../tickets/ticket-places.service.js';

/** Exact up to here; counting on would cost more than it tells. */
const most = 9_999;
/** And where a view looks for words. */
const mostFound = 999;

interface Counted {
  readonly view: SavedView;
  readonly request: Pick<ListRequest, 'filter' | 'order'> | undefined;
}

/** How many tickets stand in each view of somebody. */
@Injectable()
export class ViewCounts {
  constructor(
    private readonly views: SavedViewsService,
    private readonly places: TicketPlaces,
    private readonly lists: TicketListService,
  ) {}

  async of(caller: Principal) {
    const views = await this.views.list(caller);
    const asked = await Promise.all(views.map((view) => this.ask(view, caller)));
    const requests = asked.flatMap(({ request }) => request ?? []);
    const counts = await this.lists.counts(requests, most, mostFound);
    const byRequest = new Map(requests.map((request, place) => [request, counts[place]]));
    return asked.map(({ view: { id }, request }) => ({
      id,
      ...((request && byRequest.get(request)) ?? { count: null, more: false }),
    }));
  }

  /** A filter that this release cannot read, or that has no sense for the caller, is not counted. */
  private async ask(view: SavedView, caller: Principal): Promise<Counted> {
    const filter = ticketFilter.safeParse(view.filter);
    const isOurs = filter.success && (filter.data.assignee !== 'me' || caller.type === 'person');
    if (!isOurs) return { view, request: undefined };
    return { view, request: { filter: await this.places.filter(filter.data, caller), order: view.order } };
  }
}
