import { useQuery } from '@tanstack/react-query';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { TrendChart } from './trend-chart.js';
import type { Quarter } from './trend-columns.js';
import { trendQuery } from './trend.query.js';
import styles from './trend.module.css';

/** What came and what was closed in the last two hours, and a week ago: drawn, and as a table for whoever prefers it. */
export function Trend({ isOnTv = false }: { readonly isOnTv?: boolean }) {
  const { say } = useText();
  const { data, error, isPending, refetch } = useQuery(trendQuery);
  const far = Math.max(12, Math.round(Math.min(window.innerWidth, window.innerHeight) * 0.024));
  const look = isOnTv ? { fontSize: far } : { fontSize: 12, height: 170 };
  return (
    <section className={styles.trend} aria-label={say('wallboard.trend')} data-tv={isOnTv}>
      <div className={styles.head}>
        <h2>{say('wallboard.trend')}</h2>
        <Legend />
      </div>
      {isPending && <LoadingRows count={3} />}
      {error && !data && !isOnTv && <ProblemView problem={error} onRetry={() => void refetch()} />}
      {data && <TrendChart quarters={data.quarters} {...look} />}
      {data && !isOnTv && <TrendTable quarters={data.quarters} />}
    </section>
  );
}

function Legend() {
  const { say } = useText();
  return (
    <ul className={styles.legend} aria-hidden>
      <li data-of="arrived">{say('wallboard.arrived')}</li>
      <li data-of="closed">{say('wallboard.closed')}</li>
      <li data-of="past">{say('wallboard.weekAgo')}</li>
    </ul>
  );
}

function TrendTable({ quarters }: { readonly quarters: readonly Quarter[] }) {
  const { say, format } = useText();
  return (
    <details className={styles.twin}>
      <summary>{say('wallboard.asTable')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('wallboard.quarter')}</th>
            <th scope="col">{say('wallboard.arrived')}</th>
            <th scope="col">{say('wallboard.closed')}</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map(({ at, arrived, closed, weekAgo }) => (
            <tr key={at}>
              <th scope="row">{format.clock(new Date(at))}</th>
              <td>{say('wallboard.against', { now: arrived, before: weekAgo.arrived })}</td>
              <td>{say('wallboard.against', { now: closed, before: weekAgo.closed })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{say('wallboard.tableAbout')}</p>
    </details>
  );
}
