import { usePerson } from '../../session/session.query.js';
import { useText } from '../../texts/use-text.js';
import { useEntries } from './call-entries.store.js';
import styles from './call.module.css';

/** Calls that are written down and wait for the network. */
export function WaitingCalls() {
  const { say, format } = useText();
  const { id } = usePerson();
  const waiting = useEntries(id).filter(({ body }) => body !== null);
  if (waiting.length === 0) return null;
  return (
    <aside className={styles.waiting} aria-label={say('call.waitingList')}>
      <h2>{say('call.waitingList')}</h2>
      <ul>
        {waiting.map(({ key, phone, text, openedAt }) => (
          <li key={key}>
            <time dateTime={new Date(openedAt).toISOString()}>{format.time(new Date(openedAt))}</time>
            <strong>{phone}</strong>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
