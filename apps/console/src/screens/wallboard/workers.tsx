import { useState } from 'react';
import { useText } from '../../texts/use-text.js';
import type { Whose } from './board.query.js';
import { dragged } from './dragged.js';
import { LoadBar } from './load-bar.js';
import { byUrgency, type Worker } from './staffing.js';
import type { Assignment } from './use-assign.js';
import type { Board } from './use-board.js';
import controls from '../../parts/controls.module.css';
import styles from './wallboard.module.css';
import { WorkerSettings } from './worker-settings.js';

interface Props {
  readonly board: Board;
  readonly whose: Whose;
  readonly onShow: (whose: Whose) => void;
  readonly onAssign: ((asked: Assignment) => void) | undefined;
}

/** Who works, and how full their hands are. Tickets are dropped on people. */
export function Workers({ board: { load }, whose, onShow, onAssign }: Props) {
  const { say } = useText();
  return (
    <section className={styles.panel} aria-label={say('wallboard.people')}>
      <div className={styles.panelHead}>
        <h2>{say('wallboard.people')}</h2>
      </div>
      {load.specialists.length === 0 && <p className={styles.none}>{say('wallboard.nobody')}</p>}
      <ul className={styles.workers}>
        {byUrgency(load.specialists).map((worker) => (
          <WorkerRow
            key={worker.id}
            worker={worker}
            isShown={whose !== 'nobody' && whose.specialistId === worker.id}
            onShow={() => onShow({ specialistId: worker.id })}
            onAssign={onAssign}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly worker: Worker;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onAssign: Props['onAssign'];
}

function WorkerRow({ worker, isShown, onShow, onAssign }: RowProps) {
  const { say } = useText();
  const [isOver, setOver] = useState(false);
  const { name, presence } = worker;
  return (
    <li
      className={styles.worker}
      data-presence={presence}
      data-over={isOver}
      data-shown={isShown}
      onDragOver={(event) => {
        if (!onAssign || !dragged.isIn(event.dataTransfer)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={({ dataTransfer }) => {
        setOver(false);
        const ticket = dragged.take(dataTransfer);
        if (ticket) onAssign?.({ ticket, to: worker });
      }}
    >
      <button type="button" className={`${controls.line} ${styles.who}`} aria-pressed={isShown} onClick={onShow}>
        <span>{name ?? say('words.unnamed')}</span>
        <span className={styles.presence} data-presence={presence}>
          {say(`wallboard.presence.${presence}`)}
        </span>
      </button>
      <LoadBar worker={worker} />
      {onAssign && <WorkerSettings worker={worker} />}
    </li>
  );
}
