import { Button } from '@mantine/core';
import IconDeviceTv from '@tabler/icons-react/dist/esm/icons/IconDeviceTv.mjs';
import { useState } from 'react';
import { problemCode } from '../../api/problem.js';
import { ProblemView } from '../../parts/problem-view.js';
import { leading } from '../../session/roles.js';
import { usePerson } from '../../session/session.query.js';
import { useText } from '../../texts/use-text.js';
import { BoardAge } from './board-age.js';
import { BoardTickets } from './board-tickets.js';
import type { Whose } from './board.query.js';
import { Doubt } from './doubt.js';
import { Channels, Queues } from './load-tables.js';
import { Tiles } from './tiles.js';
import { Trend } from './trend.js';
import { useAssign } from './use-assign.js';
import type { Board } from './use-board.js';
import styles from './wallboard.module.css';
import { Workers } from './workers.js';

interface Props {
  readonly board: Board;
  readonly problem: unknown;
  readonly onTv: () => void;
}

/** The board as one works with it: every number leads to its tickets, and whoever leads gives them to people. */
export function DeskBoard({ board, problem, onTv }: Props) {
  const { say } = useText();
  const { role } = usePerson();
  const [whose, setWhose] = useState<Whose>('nobody');
  const assigning = useAssign();
  const mayAssign = leading.includes(role);
  const onAssign = mayAssign ? assigning.assign : undefined;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{say('wallboard.title')}</h1>
        <BoardAge board={board} />
        <Button size="xs" variant="default" leftSection={<IconDeviceTv size={16} aria-hidden />} onClick={onTv}>
          {say('wallboard.toTv')}
        </Button>
      </header>
      <div className={styles.board} data-age={board.age}>
        {Boolean(problem) && problemCode(problem) !== 'unreachable' && <ProblemView problem={problem} />}
        <Tiles board={board} />
        <div className={styles.columns}>
          <div className={styles.column}>
            <BoardTickets board={board} whose={whose} onAll={() => setWhose('nobody')} onAssign={onAssign} />
            <Queues board={board} />
            <Channels board={board} />
          </div>
          <div className={styles.column}>
            <Workers board={board} whose={whose} onShow={setWhose} onAssign={onAssign} />
            <Trend />
          </div>
        </div>
      </div>
      <Doubt assigning={assigning} />
    </>
  );
}
