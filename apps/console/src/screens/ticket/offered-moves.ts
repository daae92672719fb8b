import type { Keys } from '../../actions/key-combination.js';
import type { Shape } from '../../api/shape.js';

type Name = 'claim' | 'release' | 'close' | 'reopen';
type Standing = Pick<Shape<'TicketCard'>, 'moves' | 'assignee'>;

export interface OfferedMove {
  readonly name: Name;
  readonly label: 'ticket.take' | 'ticket.release' | 'ticket.close' | 'ticket.reopen';
  /** The one that is most likely wanted now. */
  readonly isMain: boolean;
  readonly keys?: Keys;
}

const moves: readonly Omit<OfferedMove, 'isMain'>[] = [
  { name: 'claim', label: 'ticket.take', keys: 'KeyI' },
  { name: 'reopen', label: 'ticket.reopen' },
  { name: 'release', label: 'ticket.release' },
  { name: 'close', label: 'ticket.close', keys: 'KeyE' },
];

/** What a person is offered to do with a ticket: what its state allows, less what would change nothing. */
export function offeredMoves({ moves: allowed, assignee }: Standing, personId: string): OfferedMove[] {
  return moves
    .filter(({ name }) => allowed.includes(name))
    .filter(({ name }) => name !== 'claim' || assignee === null)
    .map((move) => ({
      ...move,
      isMain: move.name === 'claim' || (move.name === 'close' && assignee?.id === personId),
    }));
}
