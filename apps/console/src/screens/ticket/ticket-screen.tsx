import { Button } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { problemCode } from '../../api/problem.js';
import type { Shape } from '../../api/shape.js';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { ProblemView } from '../../parts/problem-view.js';
import { StateChip } from '../../parts/state-chip.js';
import { useText } from '../../texts/use-text.js';
import { ticketQuery } from './ticket.query.js';
import styles from './ticket.module.css';

const route = getRouteApi('/desk/tickets/$id');

/** One ticket. */
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
  if (problemCode(error) === 'not_found') {
    return <Notice kind="lost" title={say('ticket.gone')} action={{ label: say('ticket.back'), run: back }} />;
  }
  return (
    <>
      <header className={styles.head}>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} />} onClick={back}>
          {say('ticket.back')}
        </Button>
      </header>
      {error && <ProblemView problem={error} onRetry={() => void refetch()} />}
      {isPending && <LoadingRows count={4} />}
      {data && <Card ticket={data} />}
    </>
  );
}

function Card({ ticket }: { readonly ticket: Shape<'TicketCard'> }) {
  const { say, format } = useText();
  const { number, subject, state, channel, requester, assignee, queue, kind, createdAt, updatedAt } = ticket;
  useEffect(() => {
    document.title = `№ ${number} ${subject} · Switchboard`;
  }, [number, subject]);
  const facts: [string, string][] = [
    [say('words.requester'), requester.name ?? say('words.unnamed')],
    [say('words.assignee'), assignee ? (assignee.name ?? say('words.unnamed')) : say('words.nobody')],
    [say('words.queue'), format.title(queue.title)],
    [say('words.kind'), kind ? format.title(kind.title) : '—'],
    [say('words.created'), format.dateTime(createdAt)],
    [say('words.changed'), format.dateTime(updatedAt)],
  ];
  return (
    <article className={styles.card}>
      <div className={styles.line}>
        <ChannelIcon channel={channel} />
        <span>{say('ticket.title', { number })}</span>
        <StateChip state={state} />
      </div>
      <h1 className={styles.subject}>{subject}</h1>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
