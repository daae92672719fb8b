import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { StateChip } from '../../parts/state-chip.js';
import { useText } from '../../texts/use-text.js';
import type { Ticket } from './tickets.query.js';
import styles from './tickets.module.css';

interface Props {
  readonly ticket: Ticket;
  readonly now: Date;
  readonly isCurrent: boolean;
  readonly hasLeft: boolean;
  readonly onFocus: (id: string) => void;
}

export const rowId = (ticketId: string): string => `ticket-${ticketId}`;

/** One ticket in the list: plain HTML, since the kit's parts are too slow by the hundred. */
export const TicketRow = memo(function TicketRow({ ticket, now, isCurrent, hasLeft, onFocus }: Props) {
  const { say, format } = useText();
  const { id, number, subject, state, channel, requester, kind, queue, assignee, createdAt, updatedAt } = ticket;
  const waited = (now.getTime() - new Date(createdAt).getTime()) / 1_000;
  const about = [`№ ${number}`, requester.name ?? say('words.unnamed'), kind && format.title(kind.title)];
  return (
    <Link
      id={rowId(id)}
      to="/tickets/$id"
      params={{ id }}
      preload={false}
      className={styles.row}
      data-state={state}
      data-current={isCurrent}
      data-left={hasLeft}
      title={hasLeft ? say('tickets.moved') : undefined}
      onFocus={() => onFocus(id)}
    >
      <span className={styles.icon}>
        <ChannelIcon channel={channel} />
      </span>
      <span className={styles.text}>
        <span className={styles.what}>{subject}</span>
        <span className={styles.who}>{about.filter(Boolean).join(' · ')}</span>
      </span>
      <span className={styles.side}>{format.title(queue.title)}</span>
      <span className={styles.side}>{assignee ? (assignee.name ?? say('words.unnamed')) : '—'}</span>
      <StateChip state={state} />
      <time className={styles.time} dateTime={updatedAt} title={format.dateTime(updatedAt)}>
        {state === 'waiting' ? format.age(waited) : format.moment(updatedAt, now)}
      </time>
    </Link>
  );
});
