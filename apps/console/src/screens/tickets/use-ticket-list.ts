import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../../live/live.store.js';
import { compareHead } from './compare-head.js';
import type { TicketsSearch } from './tickets-search.js';
import { askTickets, type Ticket, ticketsQuery } from './tickets.query.js';

type Page = Awaited<ReturnType<typeof askTickets>>;

/** Many events come at once: the head of the list is looked at once for all of them. */
const gatherMs = 500;
const none: ReadonlySet<string> = new Set();

/**
 * The list and what happens to it. Rows stay where they are: those that changed are shown as they are now, new ones
 * are counted, and `showFresh` brings them in.
 */
export function useTicketList(search: TicketsSearch) {
  const queries = useQueryClient();
  const options = ticketsQuery(search);
  const query = useInfiniteQuery(options);
  const tickets = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const [news, setNews] = useState({ fresh: 0, left: none });
  const key = JSON.stringify(options.queryKey);
  useEffect(() => setNews({ fresh: 0, left: none }), [key]);

  const look = async (touched: ReadonlySet<string>): Promise<void> => {
    if (tickets.length === 0) return void (await query.refetch());
    const { items } = await askTickets(search);
    const { changed, fresh, left } = compareHead(tickets, items, touched);
    queries.setQueryData<InfiniteData<Page, string | undefined>>(
      options.queryKey,
      (data) => data && patched(data, changed),
    );
    setNews((before) => ({ fresh, left: new Set([...before.left, ...left].filter((id) => !changed.has(id))) }));
  };
  useHead(look);

  const showFresh = async (): Promise<void> => {
    setNews({ fresh: 0, left: none });
    // The first page alone: what was scrolled through is loaded again when it is scrolled to.
    queries.setQueryData<InfiniteData<Page, string | undefined>>(
      options.queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    await query.refetch();
  };
  return { query, tickets, ...news, showFresh };
}

function patched(data: InfiniteData<Page, string | undefined>, changed: ReadonlyMap<string, Ticket>) {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => changed.get(item.id) ?? item),
  }));
  return { ...data, pages };
}

/** Calls `look` with the tickets that something happened to, a moment after the first of them. */
function useHead(look: (touched: ReadonlySet<string>) => Promise<void>): void {
  const latest = useRef(look);
  latest.current = look;
  const touched = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const schedule = (): void => {
    timer.current ??= setTimeout(() => {
      const batch = touched.current;
      touched.current = new Set();
      timer.current = undefined;
      // A look that fails is made up for by the next event, or by the load after the line is back.
      latest.current(batch).catch(() => undefined);
    }, gatherMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive({
    events: (events) => {
      const ids = events.flatMap(({ type, ticketId }) => (ticketId && type.startsWith('ticket.') ? [ticketId] : []));
      for (const id of ids) touched.current.add(id);
      if (ids.length > 0) schedule();
    },
  });
}
