import { ActionIcon, Button } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useActions } from '../../actions/actions.store.js';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { StateChip } from '../../parts/state-chip.js';
import { working } from '../../session/roles.js';
import { usePerson } from '../../session/session.query.js';
import { useText } from '../../texts/use-text.js';
import type { TicketCard } from './ticket.query.js';
import styles from './ticket.module.css';
import { offeredMoves } from './offered-moves.js';
import { useMove } from './use-move.js';

interface Props {
  readonly ticket: TicketCard;
  readonly onBack: () => void;
}

/** Which ticket this is, and what can be done with it as a whole. */
export function TicketHead({ ticket, onBack }: Props) {
  const { say } = useText();
  const { number, subject, state, channel } = ticket;
  return (
    <header className={styles.head}>
      <ActionIcon aria-label={say('ticket.back')} onClick={onBack}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div className={styles.name}>
        <div className={styles.line}>
          <ChannelIcon channel={channel} size={16} />
          <span>№ {number}</span>
          <StateChip state={state} />
        </div>
        <h1 className={styles.subject} title={subject}>
          {subject}
        </h1>
      </div>
      <Moves ticket={ticket} />
    </header>
  );
}

function Moves({ ticket }: { readonly ticket: TicketCard }) {
  const { say } = useText();
  const person = usePerson();
  const { mutate, isPending } = useMove(ticket.id);
  const offered = working.includes(person.role) ? offeredMoves(ticket, person.id) : [];
  useActions(
    offered.map(({ name, label, keys }) => ({
      id: `ticket.${name}`,
      group: say('words.ticket'),
      title: say(label),
      ...(keys && { keys: [keys] }),
      run: () => mutate({ name }),
    })),
  );
  return (
    <div className={styles.moves}>
      {offered.map(({ name, label, isMain }) => (
        <Button
          key={name}
          size="xs"
          variant={isMain ? 'filled' : 'default'}
          disabled={isPending}
          onClick={() => mutate({ name })}
        >
          {say(label)}
        </Button>
      ))}
    </div>
  );
}
