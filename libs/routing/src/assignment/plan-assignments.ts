import type { PersonId, WorkItemId } from '#libs/contracts';

/** Work that waits for a specialist. */
export interface WaitingWork {
  readonly id: WorkItemId;
  readonly priority: number;
  readonly waitingSince: Date;
  /** Who knows the ticket. */
  readonly preferredId: PersonId | null;
  /** Who gave it back: chosen only when nobody else has room. */
  readonly avoidedId?: PersonId | null;
}

/** A member of the queue. */
export interface Candidate {
  readonly id: PersonId;
  readonly capacity: number;
  readonly openItems: number;
  readonly present: boolean;
  readonly lastAssignedAt: Date | null;
}

export type WaitingReason = 'no-members' | 'nobody-present' | 'all-full';

/** How a candidate stood when the choice was made; part of the record that explains it. */
export interface Considered {
  readonly id: PersonId;
  readonly openItems: number;
  readonly capacity: number;
}

export interface Assignment {
  readonly item: WaitingWork;
  readonly specialistId: PersonId;
  readonly by: 'preferred' | 'least-loaded';
  /** The best candidates, the chosen one first; at most {@link mostConsidered}. */
  readonly considered: readonly Considered[];
  readonly eligible: number;
}

export interface AssignmentPlan {
  readonly assigned: readonly Assignment[];
  /** Work that stays where it is, and the one reason that holds for all of it. */
  readonly waiting: readonly WaitingWork[];
  readonly reason: WaitingReason | undefined;
}

/** A record names only so many candidates, however large the team. */
export const mostConsidered = 5;

/**
 * Who gets what: work in the order of priority and waiting time, each to the specialist who knows it if they are
 * present and have room, else to the least loaded one. Nobody gets more than their capacity. This is THE choice of
 * the desk; everything around it only carries it out.
 */
export function planAssignments(items: readonly WaitingWork[], candidates: readonly Candidate[]): AssignmentPlan {
  const order = [...items].sort(byTurn);
  const ranking = new Ranking(candidates.filter(({ present }) => present));
  const assigned: Assignment[] = [];
  for (const item of order) {
    const chosen = ranking.choose(item);
    if (!chosen) break;
    assigned.push(chosen);
  }
  const waiting = order.slice(assigned.length);
  return { assigned, waiting, reason: waiting.length > 0 ? reasonOf(candidates) : undefined };
}

/** Why nothing (more) of the queue can be assigned now. */
export function reasonOf(candidates: readonly Candidate[]): WaitingReason {
  if (candidates.length === 0) return 'no-members';
  return candidates.some(({ present }) => present) ? 'all-full' : 'nobody-present';
}

function byTurn(one: WaitingWork, other: WaitingWork): number {
  return (
    other.priority - one.priority || one.waitingSince.getTime() - other.waitingSince.getTime() || byId(one.id, other.id)
  );
}

const byId = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : Number(one > other));

interface Ranked {
  readonly candidate: Candidate;
  openItems: number;
  /** Assigned later in this plan counts as later than anything before it. */
  turn: number;
}

/** The present candidates, always sorted by who should be next. */
class Ranking {
  private readonly ranked: Ranked[];
  private turn = 0;

  constructor(present: readonly Candidate[]) {
    this.ranked = present
      .filter(({ openItems, capacity }) => openItems < capacity)
      .map((candidate) => ({ candidate, openItems: candidate.openItems, turn: 0 }))
      .sort(byLoad);
  }

  choose(item: WaitingWork): Assignment | undefined {
    const preferred = this.ranked.findIndex(({ candidate }) => candidate.id === item.preferredId);
    const other = this.ranked.findIndex(({ candidate }) => candidate.id !== item.avoidedId);
    const at = preferred >= 0 ? preferred : Math.max(other, 0);
    const chosen = this.ranked[at];
    if (!chosen) return undefined;
    const considered = [chosen, ...this.ranked.slice(0, mostConsidered).filter((one) => one !== chosen)]
      .slice(0, mostConsidered)
      .map(({ candidate: { id, capacity }, openItems }) => ({ id, openItems, capacity }));
    const eligible = this.ranked.length;
    this.ranked.splice(at, 1);
    this.give(chosen);
    const by = preferred >= 0 ? 'preferred' : 'least-loaded';
    return { item, specialistId: chosen.candidate.id, by, considered, eligible };
  }

  private give(ranked: Ranked): void {
    ranked.openItems += 1;
    ranked.turn = this.turn += 1;
    if (ranked.openItems >= ranked.candidate.capacity) return;
    let [low, high] = [0, this.ranked.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byLoad(this.ranked[middle] as Ranked, ranked) <= 0) low = middle + 1;
      else high = middle;
    }
    this.ranked.splice(low, 0, ranked);
  }
}

/** Least share of the capacity first, then fewest items, then longest without an assignment, then the id. */
function byLoad(one: Ranked, other: Ranked): number {
  return (
    one.openItems * other.candidate.capacity - other.openItems * one.candidate.capacity ||
    one.openItems - other.openItems ||
    one.turn - other.turn ||
    (one.candidate.lastAssignedAt?.getTime() ?? 0) - (other.candidate.lastAssignedAt?.getTime() ?? 0) ||
    byId(one.candidate.id, other.candidate.id)
  );
}
