import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { NoTickets } from './no-tickets.js';
import { TicketRows } from './ticket-rows.js';
import { TicketsFilter } from './tickets-filter.js';
import styles from './tickets.module.css';
import { useTicketList } from './use-ticket-list.js';

const route = getRouteApi('/desk/tickets');

/** What is to be done, and what was: lists of tickets by state, queue and person. */
export function TicketsScreen() {
  const { say } = useText();
  const search = route.useSearch();
  const navigate = useNavigate();
  const scroll = useRef<HTMLDivElement>(null);
  const list = useTicketList(search);
  const { query, tickets, fresh } = list;
  const showFresh = (): void => {
    scroll.current?.scrollTo({ top: 0 });
    void list.showFresh();
  };
  return (
    <>
      <TicketsFilter search={search} onChange={(next) => void navigate({ to: '/tickets', search: next })} />
      <div className={styles.around}>
        <div role="status" aria-live="polite">
          {fresh > 0 && (
            <button type="button" className={styles.fresh} onClick={showFresh}>
              ▲ {say('tickets.fresh', { count: fresh })}
            </button>
          )}
        </div>
        {query.error && (
          <div className={styles.problem}>
            <ProblemView problem={query.error} onRetry={() => void query.refetch()} />
          </div>
        )}
        <div className={styles.scroll} ref={scroll}>
          {query.isPending && <LoadingRows />}
          {query.isSuccess && tickets.length === 0 && <NoTickets search={search} />}
          {tickets.length > 0 && <TicketRows scroll={scroll} list={list} onShowFresh={showFresh} />}
        </div>
      </div>
    </>
  );
}
