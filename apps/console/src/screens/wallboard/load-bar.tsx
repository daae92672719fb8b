import { Link } from '@tanstack/react-router';
import { useText } from '../../texts/use-text.js';
import { loadPercent, type Worker } from './staffing.js';
import styles from './wallboard.module.css';

/** How much of what somebody can take they have; the words lead to it. */
export function LoadBar({ worker, isOnTv = false }: { readonly worker: Worker; readonly isOnTv?: boolean }) {
  const { say } = useText();
  const { id, open, capacity } = worker;
  const percent = loadPercent(worker);
  const words = say('wallboard.of', { open, capacity });
  return (
    <div className={styles.load}>
      <div className={styles.bar} aria-hidden>
        <div data-full={percent === 100} style={{ width: `${percent}%` }} />
      </div>
      {isOnTv || open === 0 ? (
        <span>{words}</span>
      ) : (
        <Link to="/tickets" search={{ assignee: id, state: ['open'] }}>
          {words}
        </Link>
      )}
    </div>
  );
}
