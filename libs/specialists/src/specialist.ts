import type { LocalText, PersonId, QueueId } from '#libs/contracts';

/** `on`: takes work. `away`: at work, takes nothing new. `off`: not at work. */
export const presences = ['on', 'away', 'off'] as const;
export type Presence = (typeof presences)[number];

/** A person as somebody who works tickets. */
export interface Specialist {
  readonly id: PersonId;
  /** Most work items at one time. */
  readonly capacity: number;
  /** Work items assigned now. */
  readonly openItems: number;
  readonly presence: Presence;
  readonly presenceAt: Date;
  readonly lastAssignedAt: Date | null;
  readonly queueIds: readonly QueueId[];
}

/** What is declared of a specialist; `presence` only for one who is new. */
export interface SpecialistDeclaration {
  readonly id: PersonId;
  readonly capacity: number;
  readonly queueIds: readonly QueueId[];
  readonly presence?: Presence;
}

/** A line of tickets that certain specialists work. */
export interface Queue {
  readonly id: QueueId;
  readonly key: string;
  readonly title: LocalText;
  readonly position: number;
  /** Since when it takes nothing new; old tickets may still name it. */
  readonly archivedAt: Date | null;
  readonly version: number;
}

/** What a request is about. Kinds are data: the desk gives none of them a meaning. */
export type Kind = Omit<Queue, 'id'>;

export const hasRoom = (specialist: Pick<Specialist, 'capacity' | 'openItems'>): boolean =>
  specialist.openItems < specialist.capacity;
