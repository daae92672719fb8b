import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../texts/use-text.js';
import { waitedSeconds } from './freshness.js';
import { staffingOf } from './staffing.js';
import type { Board } from './use-board.js';
import styles from './wallboard.module.css';

/** What one sees first, each leading to what it counts. On a wall there is nobody to follow. */
export function Tiles({ board, isOnTv = false }: { readonly board: Board; readonly isOnTv?: boolean }) {
  const { say, format } = useText();
  const { load, loadedAt, now } = board;
  const { free, full, away } = staffingOf(load.specialists);
  const oldest = waitedSeconds(load.oldestAgeSeconds, loadedAt, now);
  const nobodyFree = load.waiting > 0 && free === 0;
  const waiting = isOnTv ? undefined : ({ to: '/tickets', search: { state: ['waiting'] } } as const);
  const open = isOnTv ? undefined : ({ to: '/tickets', search: { state: ['open'] } } as const);
  return (
    <ul className={styles.tiles} aria-label={say('wallboard.now')}>
      <Tile
        name={say('wallboard.waiting')}
        link={waiting}
        isAlarm={nobodyFree}
        about={nobodyFree && say('wallboard.nobodyFree')}
      >
        {format.number(load.waiting)}
      </Tile>
      <Tile name={say('wallboard.oldest')} link={waiting}>
        {oldest === null ? '—' : format.age(oldest)}
      </Tile>
      <Tile name={say('words.state.open')} link={open}>
        {format.number(load.assigned)}
      </Tile>
      <Tile name={say('wallboard.here')} about={say('wallboard.staffing', { free, full, away })}>
        {format.number(free + full)}
      </Tile>
    </ul>
  );
}

interface TileProps {
  readonly name: string;
  readonly link?: Pick<LinkProps, 'to' | 'search'> | undefined;
  readonly isAlarm?: boolean;
  readonly about?: string | false;
  readonly children: ReactNode;
}

function Tile({ name, link, isAlarm = false, about, children }: TileProps) {
  const content = (
    <>
      <span className={styles.name}>{name}</span>
      <strong className={styles.figure}>{children}</strong>
      {about && <span className={styles.about}>{about}</span>}
    </>
  );
  return (
    <li className={styles.tile} data-alarm={isAlarm}>
      {link ? <Link {...link}>{content}</Link> : <div>{content}</div>}
    </li>
  );
}
