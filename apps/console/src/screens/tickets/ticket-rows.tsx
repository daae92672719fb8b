import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import { usePreferences } from '../../app/preferences.store.js';
import { useText } from '../../texts/use-text.js';
import { TicketRow } from './ticket-row.js';
import styles from './tickets.module.css';
import { useRowKeys } from './use-row-keys.js';
import type { useTicketList } from './use-ticket-list.js';
import { useNow } from './use-now.js';

const rowHeights = { cosy: 52, compact: 36 };

interface Props {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly list: ReturnType<typeof useTicketList>;
  readonly onShowFresh: () => void;
}

/** The rows in sight, of however many there are. */
export function TicketRows({ scroll, list: { query, tickets, left, fresh }, onShowFresh }: Props) {
  const { say } = useText();
  const [{ density }] = usePreferences();
  const now = useNow();
  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeights[density],
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 8,
  });
  useEffect(() => rows.measure(), [density, rows]);
  const { current, setCurrent } = useRowKeys({
    tickets,
    scrollTo: (index) => rows.scrollToIndex(index),
    ...(fresh > 0 && { onShowFresh }),
  });
  const shown = rows.getVirtualItems();
  const isAtEnd = (shown.at(-1)?.index ?? 0) >= tickets.length - 10;
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (isAtEnd && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [isAtEnd, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return (
    <>
      <ul className={styles.rows} style={{ height: rows.getTotalSize() }} aria-label={say('tickets.list')}>
        {shown.map(({ index, start, key }) => {
          const ticket = tickets[index];
          return (
            ticket && (
              <li key={key} className={styles.item} style={{ transform: `translateY(${start}px)` }}>
                <TicketRow
                  ticket={ticket}
                  now={now}
                  isCurrent={ticket.id === current}
                  hasLeft={left.has(ticket.id)}
                  onFocus={setCurrent}
                />
              </li>
            )
          );
        })}
      </ul>
      <p className={styles.foot}>{say(hasNextPage ? 'tickets.more' : 'tickets.end')}</p>
    </>
  );
}
