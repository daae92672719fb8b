import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { problemCode } from '../../api/problem.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { Composer } from './composer.js';
import { TicketFacts } from './ticket-facts.js';
import { TicketHead } from './ticket-head.js';
import { type TicketCard, ticketQuery } from './ticket.query.js';
import styles from './ticket.module.css';
import { Timeline } from './timeline.js';

const route = getRouteApi('/desk/tickets/$id');

/** One ticket: what was said, what to say, and what to do with it. */
export function TicketScreen() {
  const { say } = useText();
  const { id } = route.useParams();
  const { history } = useRouter();
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery(ticketQuery(id));
  const back = (): void => (history.canGoBack() ? history.back() : void navigate({ to: '/tickets' }));
  useActions([
    { id: 'ticket.back', group: say('words.ticket'), title: say('ticket.back'), keys: ['Escape'], run: back },
  ]);
  const code = problemCode(error);
  if (code === 'not_found' || code === 'invalid_input') {
    return <Notice kind="lost" title={say('ticket.gone')} action={{ label: say('ticket.back'), run: back }} />;
  }
  return (
    <>
      {error && (
        <div className={styles.problem}>
          <ProblemView problem={error} onRetry={() => void refetch()} />
        </div>
      )}
      {isPending && <LoadingRows count={4} />}
      {data && <Ticket key={id} ticket={data} onBack={back} />}
    </>
  );
}

function Ticket({ ticket, onBack }: { readonly ticket: TicketCard; readonly onBack: () => void }) {
  const { number, subject } = ticket;
  useEffect(() => {
    document.title = `№ ${number} ${subject} · Switchboard`;
  }, [number, subject]);
  return (
    <>
      <TicketHead ticket={ticket} onBack={onBack} />
      <div className={styles.body}>
        <div className={styles.talk}>
          <Timeline ticketId={ticket.id} />
          <Composer ticket={ticket} />
        </div>
        <TicketFacts ticket={ticket} />
      </div>
    </>
  );
}
