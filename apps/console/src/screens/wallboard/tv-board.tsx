import { useComputedColorScheme } from '@mantine/core';
import { type CSSProperties, useEffect } from 'react';
import { useText } from '../../texts/use-text.js';
import { BoardAge } from './board-age.js';
import { waitedSeconds } from './freshness.js';
import { LoadHead } from './load-head.js';
import { LoadBar } from './load-bar.js';
import { byUrgency } from './staffing.js';
import { Tiles } from './tiles.js';
import { Trend } from './trend.js';
import type { Board } from './use-board.js';
import { useNewBuild } from './use-new-build.js';
import styles from './tv-board.module.css';

const hourMs = 3_600_000;

/** The board at the wall, to be read from three metres: dark, without anything to press, and left to itself. */
export function TvBoard({ board }: { readonly board: Board }) {
  const { say } = useText();
  useNewBuild();
  useDark();
  // Moved a little each hour, so that nothing burns in.
  const shift = (Math.floor(board.now / hourMs) % 3) * 2;
  const rows = Math.max(board.load.queues.length, board.load.specialists.length, 1);
  return (
    <div className={styles.wall} data-age={board.age} style={{ transform: `translate(${shift}px, ${shift}px)` }}>
      <header className={styles.head}>
        <h1>{say('wallboard.title')}</h1>
        <BoardAge board={board} />
      </header>
      <Tiles board={board} isOnTv />
      <div className={styles.parts} style={{ '--rows': rows } as CSSProperties}>
        <QueueRows board={board} />
        <WorkerRows board={board} />
      </div>
      <Trend isOnTv />
    </div>
  );
}

function QueueRows({ board: { load, loadedAt, now } }: { readonly board: Board }) {
  const { say, format } = useText();
  return (
    <table className={styles.queues}>
      <LoadHead first={say('words.queue')} />
      <tbody>
        {load.queues.map(({ id, title, waiting, assigned, oldestAgeSeconds }) => {
          const oldest = waitedSeconds(oldestAgeSeconds, loadedAt, now);
          return (
            <tr key={id} data-waits={waiting > 0}>
              <th scope="row">{format.title(title)}</th>
              <td>{format.number(waiting)}</td>
              <td>{oldest === null ? '—' : format.age(oldest)}</td>
              <td>{format.number(assigned)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Those who work now; whoever is off does not concern a wall. */
function WorkerRows({ board: { load } }: { readonly board: Board }) {
  const { say } = useText();
  const there = byUrgency(load.specialists).filter(({ presence }) => presence !== 'off');
  return (
    <ul className={styles.workers} aria-label={say('wallboard.people')}>
      {there.map((worker) => (
        <li key={worker.id} data-presence={worker.presence}>
          <span>
            {worker.name ?? say('words.unnamed')}
            {worker.presence === 'away' && <small> {say('wallboard.presence.away')}</small>}
          </span>
          <LoadBar worker={worker} isOnTv />
        </li>
      ))}
    </ul>
  );
}

/** Dark for as long as the board is there, whatever the person or the system likes elsewhere. */
function useDark(): void {
  const scheme = useComputedColorScheme();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.mantineColorScheme = 'dark';
    return () => {
      dataset.mantineColorScheme = scheme;
    };
  }, [scheme]);
}
