import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { BoardTicket } from './board-ticket.js';
import { boardQuery, type Whose } from './board.query.js';
import type { Assignment } from './use-assign.js';
import type { Board } from './use-board.js';
import { useTicketKeys } from './use-ticket-keys.js';
import styles from './wallboard.module.css';

interface Props {
  readonly board: Board;
  readonly whose: Whose;
  /** Back to what nobody has. */
  readonly onAll: () => void;
  /** Absent: the reader may not give tickets to people. */
  readonly onAssign: ((asked: Assignment) => void) | undefined;
}

/** What waits, or what one specialist works on, the longest wait on top. */
export function BoardTickets({ board, whose, onAll, onAssign }: Props) {
  const { say } = useText();
  const owner = whose === 'nobody' ? undefined : board.load.specialists.find(({ id }) => id === whose.specialistId);
  const title = owner
    ? say('wallboard.worksOn', { name: owner.name ?? say('words.unnamed') })
    : say('wallboard.waitingList');
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <h2>{title}</h2>
        {owner && (
          <Button size="compact-xs" variant="default" onClick={onAll}>
            {say('wallboard.backToWaiting')}
          </Button>
        )}
      </div>
      <List board={board} whose={whose} onAssign={onAssign} />
    </section>
  );
}

function List({ board, whose, onAssign }: Omit<Props, 'onAll'>) {
  const { say } = useText();
  const { data, error, isPending, refetch } = useQuery(boardQuery(whose));
  const keys = useTicketKeys(onAssign !== undefined);
  if (isPending) return <LoadingRows count={3} />;
  if (!data) return <ProblemView problem={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) {
    return <p className={styles.none}>{say(whose === 'nobody' ? 'wallboard.none' : 'wallboard.idle')}</p>;
  }
  return (
    <>
      <ul className={styles.tickets}>
        {data.items.map((ticket) => (
          <BoardTicket key={ticket.id} ticket={ticket} board={board} onAssign={onAssign} keys={keys} />
        ))}
      </ul>
      {data.next && <p className={styles.none}>{say('wallboard.andMore')}</p>}
    </>
  );
}
