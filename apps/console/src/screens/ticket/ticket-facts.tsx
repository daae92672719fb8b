import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { leading } from '../../session/roles.js';
import { usePerson } from '../../session/session.query.js';
import { loadQuery } from '../../shell/load.query.js';
import { useText } from '../../texts/use-text.js';
import type { TicketCard } from './ticket.query.js';
import styles from './ticket.module.css';
import { useMove } from './use-move.js';

/** Who asks, who answers, and where the ticket stands. */
export function TicketFacts({ ticket }: { readonly ticket: TicketCard }) {
  const { say, format } = useText();
  const { requester, queue, kind, createdAt, updatedAt, outcome } = ticket;
  const [isOpen, setOpen] = useState(false);
  return (
    <aside className={styles.facts} aria-label={say('ticket.about')} tabIndex={0}>
      <button
        type="button"
        className={styles.unfold}
        aria-expanded={isOpen}
        onClick={() => setOpen((before) => !before)}
      >
        {say('ticket.about')}
      </button>
      <dl data-open={isOpen}>
        <Fact name={say('words.requester')}>
          {requester.name ?? say('words.unnamed')}
          {requester.addresses.map(({ kind: way, value }) => (
            <span className={styles.address} key={`${way} ${value}`}>
              {value}
            </span>
          ))}
        </Fact>
        <Fact name={say('words.assignee')}>
          <Assignee ticket={ticket} />
        </Fact>
        <Fact name={say('words.queue')}>{format.title(queue.title)}</Fact>
        <Fact name={say('words.kind')}>{kind ? format.title(kind.title) : '—'}</Fact>
        <Fact name={say('words.created')}>{format.dateTime(createdAt)}</Fact>
        <Fact name={say('words.changed')}>{format.dateTime(updatedAt)}</Fact>
        {outcome && <Fact name={say('words.outcome')}>{outcome}</Fact>}
      </dl>
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who has the ticket; whoever leads gives it to somebody here. */
function Assignee({ ticket: { id, assignee, moves } }: { readonly ticket: TicketCard }) {
  const { say } = useText();
  const { role } = usePerson();
  const { data: load } = useQuery(loadQuery);
  const { mutate, isPending } = useMove(id);
  const name = assignee ? (assignee.name ?? say('words.unnamed')) : say('words.nobody');
  if (!leading.includes(role) || !moves.includes('assign')) return name;
  const people = load?.specialists.map((one) => ({ value: one.id, label: one.name ?? say('words.unnamed') })) ?? [];
  return (
    <Select
      size="xs"
      searchable
      aria-label={say('ticket.assign')}
      placeholder={say('words.nobody')}
      data={people}
      value={assignee?.id ?? null}
      disabled={isPending}
      onChange={(specialistId) => specialistId && mutate({ name: 'assign', specialistId })}
    />
  );
}
