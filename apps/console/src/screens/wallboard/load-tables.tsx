import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { channelText } from '../../parts/channel-text.js';
import { useText } from '../../texts/use-text.js';
import type { TicketsSearch } from '../tickets/tickets-search.js';
import { waitedSeconds } from './freshness.js';
import { LoadHead } from './load-head.js';
import type { Board } from './use-board.js';
import styles from './wallboard.module.css';

/** The load of each queue. */
export function Queues({ board }: { readonly board: Board }) {
  const { say, format } = useText();
  const rows = board.load.queues.map((queue) => ({
    ...queue,
    title: format.title(queue.title),
    search: { queue: queue.id },
  }));
  return <LoadTable title={say('shell.queues')} head={say('words.queue')} rows={rows} board={board} />;
}

/** The load by the channels that the tickets came by. */
export function Channels({ board }: { readonly board: Board }) {
  const { say } = useText();
  const rows = board.load.channels.map((load) => ({
    ...load,
    id: load.channel,
    title: <ChannelName channel={load.channel} />,
    search: { channel: load.channel },
  }));
  if (rows.length === 0) return null;
  return <LoadTable title={say('wallboard.channels')} head={say('words.channelName')} rows={rows} board={board} />;
}

function ChannelName({ channel }: { readonly channel: string }) {
  const { say } = useText();
  return (
    <span className={styles.channel}>
      <ChannelIcon channel={channel} size={16} />
      {say(channelText(channel))}
    </span>
  );
}

interface Row {
  readonly id: string;
  readonly title: ReactNode;
  readonly search: TicketsSearch;
  readonly waiting: number;
  readonly assigned: number;
  readonly oldestAgeSeconds: number | null;
}

interface TableProps {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly Row[];
  readonly board: Board;
}

function LoadTable({ title, head, rows, board: { loadedAt, now } }: TableProps) {
  const { format } = useText();
  return (
    <table className={styles.table}>
      <caption>{title}</caption>
      <LoadHead first={head} />
      <tbody>
        {rows.map(({ id, title: name, search, waiting, assigned, oldestAgeSeconds }) => {
          const oldest = waitedSeconds(oldestAgeSeconds, loadedAt, now);
          return (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                <Figure of={waiting} search={{ ...search, state: ['waiting'] }} />
              </td>
              <td>{oldest === null ? '—' : format.age(oldest)}</td>
              <td>
                <Figure of={assigned} search={{ ...search, state: ['open'] }} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A number that leads to what it counts; nothing leads nowhere. */
function Figure({ of, search }: { readonly of: number; readonly search: TicketsSearch }) {
  const { format } = useText();
  if (of === 0) return format.number(of);
  return (
    <Link to="/tickets" search={search}>
      {format.number(of)}
    </Link>
  );
}
