import { Link, useRouterState } from '@tanstack/react-router';
import { useEntries } from '../screens/call/call-entries.store.js';
import { useCallSender } from '../screens/call/use-call-sender.js';
import { usePerson } from '../session/session.query.js';
import { useText } from '../texts/use-text.js';
import styles from './shell.module.css';

/** Says that calls which were written down are not logged yet, and sends them when the line is back. */
export function UnsentCalls() {
  const { say } = useText();
  const { id } = usePerson();
  useCallSender();
  const entries = useEntries(id);
  const waiting = entries.filter(({ body }) => body !== null).length;
  // The form itself says it better.
  const isThere = useRouterState({ select: ({ location }) => location.pathname === '/call' });
  const refused = isThere ? 0 : entries.filter(({ problem }) => problem !== null).length;
  return (
    <div className={styles.banner} role="status" aria-live="polite">
      {waiting > 0 && <span>{say('call.waiting', { count: waiting })}</span>}
      {refused > 0 && <Link to="/call">{say('call.refused', { count: refused })}</Link>}
    </div>
  );
}
