import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useActions } from '../../actions/actions.store.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Notice } from '../../parts/notice.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { DeskBoard } from './desk-board.js';
import { TvBoard } from './tv-board.js';
import { useBoard } from './use-board.js';
import styles from './wallboard.module.css';

const route = getRouteApi('/desk/wallboard');

/** How the desk stands: what waits, who works, and what to do about it. At the desk or at the wall. */
export function WallboardScreen() {
  const { say } = useText();
  const { tv } = route.useSearch();
  const navigate = useNavigate();
  const { query, load, ...rest } = useBoard();
  const turn = (): void => void navigate({ to: '/wallboard', search: tv ? {} : { tv: 1 } });
  const title = say(tv ? 'wallboard.fromTv' : 'wallboard.toTv');
  useActions([
    { id: 'wallboard.tv', group: say('wallboard.title'), title, ...(tv && { keys: ['Escape'] }), run: turn },
  ]);
  if (!load) {
    return (
      <div className={styles.problem}>
        {query.error ? <ProblemView problem={query.error} onRetry={() => void query.refetch()} /> : <LoadingRows />}
      </div>
    );
  }
  if (load.queues.length === 0 && load.specialists.length === 0) {
    return <Notice kind="unset" title={say('wallboard.unset')} about={say('wallboard.unsetAbout')} />;
  }
  const board = { ...rest, load };
  return tv ? <TvBoard board={board} /> : <DeskBoard board={board} problem={query.error} onTv={turn} />;
}
