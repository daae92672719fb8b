import { useActions } from '../../actions/actions.store.js';
import type { Shape } from '../../api/shape.js';
import { StateChip } from '../../parts/state-chip.js';
import { useText } from '../../texts/use-text.js';
import type { CallEntry } from './call-entry.js';
import controls from '../../parts/controls.module.css';
import styles from './call.module.css';

/** Tickets that have keys of their own. */
const offered = 3;

interface Props {
  readonly requesters: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly tickets: readonly Shape<'Ticket'>[];
  }[];
  readonly chosen: CallEntry['ticket'];
  readonly onChoose: (ticket: CallEntry['ticket']) => void;
}

/** What the caller may be calling about: the call becomes one more entry of it. */
export function CallerTickets({ requesters, chosen, onChoose }: Props) {
  const { say } = useText();
  const several = requesters.length > 1;
  const tickets = requesters
    .flatMap(({ name, tickets: open }) => open.map((ticket) => ({ ticket, who: name ?? say('words.unnamed') })))
    .slice(0, offered);
  const toggle = ({ id, number }: Shape<'Ticket'>): void => onChoose(chosen?.id === id ? null : { id, number });
  useActions(
    tickets.map(({ ticket }, index) => ({
      id: `call.ticket.${index + 1}`,
      group: say('call.title'),
      title: say('call.addTo', { number: ticket.number }),
      keys: [`Ctrl+Digit${index + 1}`],
      run: () => toggle(ticket),
    })),
  );
  if (tickets.length === 0) return <p className={styles.none}>{say('call.noTickets')}</p>;
  return (
    <ul className={styles.tickets} aria-label={say('call.tickets')}>
      {tickets.map(({ ticket, who }, index) => (
        <li key={ticket.id}>
          <button
            type="button"
            className={`${controls.line} ${styles.ticket}`}
            aria-pressed={chosen?.id === ticket.id}
            onClick={() => toggle(ticket)}
          >
            <kbd>Ctrl {index + 1}</kbd>
            <span className={styles.what}>
              № {ticket.number} {ticket.subject}
              {several && <span className={styles.who}>{who}</span>}
            </span>
            <StateChip state={ticket.state} />
          </button>
        </li>
      ))}
    </ul>
  );
}
