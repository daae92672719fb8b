import { ActionIcon, Menu } from '@mantine/core';
import IconUserShare from '@tabler/icons-react/dist/esm/icons/IconUserShare.mjs';
import { Link } from '@tanstack/react-router';
import type { Shape } from '../../api/shape.js';
import { ChannelIcon } from '../../parts/channel-icon.js';
import { useText } from '../../texts/use-text.js';
import { dragged } from './dragged.js';
import { candidates, isFull, type Worker } from './staffing.js';
import type { Assignment } from './use-assign.js';
import type { Board } from './use-board.js';
import type { useTicketKeys } from './use-ticket-keys.js';
import styles from './wallboard.module.css';

interface Props {
  readonly ticket: Shape<'Ticket'>;
  readonly board: Board;
  readonly onAssign: ((asked: Assignment) => void) | undefined;
  readonly keys: ReturnType<typeof useTicketKeys>;
}

/** One ticket of the board: it is dragged to a person, or given by its menu. */
export function BoardTicket({ ticket, board, onAssign, keys }: Props) {
  const { say, format } = useText();
  const { id, number, subject, channel, queue, requester, createdAt, waitingSince } = ticket;
  const waited = Math.max(0, (board.now - Date.parse(waitingSince ?? createdAt)) / 1_000);
  return (
    <li
      className={styles.ticket}
      draggable={onAssign !== undefined}
      onDragStart={({ dataTransfer }) => dragged.put(dataTransfer, ticket)}
      onFocus={() => keys.setCurrent(id)}
    >
      <ChannelIcon channel={channel} size={16} />
      <Link to="/tickets/$id" params={{ id }} preload={false} draggable={false} className={styles.subject}>
        <span>
          № {number} {subject}
        </span>
        <span className={styles.dim}>
          {requester.name ?? say('words.unnamed')} · {format.title(queue.title)}
        </span>
      </Link>
      <span className={styles.waited}>{format.age(waited)}</span>
      {onAssign && <AssignMenu ticket={ticket} workers={board.load.specialists} onAssign={onAssign} keys={keys} />}
    </li>
  );
}

interface MenuProps {
  readonly ticket: Shape<'Ticket'>;
  readonly workers: readonly Worker[];
  readonly onAssign: (asked: Assignment) => void;
  readonly keys: ReturnType<typeof useTicketKeys>;
}

function AssignMenu({ ticket, workers, onAssign, keys }: MenuProps) {
  const { say } = useText();
  const { id, number, version, assignee } = ticket;
  return (
    <Menu
      position="bottom-end"
      width={280}
      withInitialFocusPlaceholder={false}
      opened={keys.choosing === id}
      onChange={(opens) => keys.setChoosing(opens ? id : undefined)}
    >
      <Menu.Target>
        <ActionIcon aria-label={say('wallboard.assignOne', { number })}>
          <IconUserShare size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        {workers.every(isFull) && <Menu.Label>{say('wallboard.noRoom')}</Menu.Label>}
        {candidates(workers, assignee?.id).map((to) => (
          <Menu.Item
            key={to.id}
            disabled={isFull(to)}
            rightSection={
              <span className={styles.dim}>{say('wallboard.of', { open: to.open, capacity: to.capacity })}</span>
            }
            onClick={() => onAssign({ ticket: { id, number, version }, to })}
          >
            {to.name ?? say('words.unnamed')}
            {to.presence !== 'on' && <span className={styles.dim}> {say(`wallboard.presence.${to.presence}`)}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
