import type { AccountId, QueueId } from '#libs/contracts';

/** How an account does. `new`: nobody has served it yet; `off`: switched off by a person. */
export const accountStates = ['new', 'running', 'failing', 'off'] as const;
export type AccountState = (typeof accountStates)[number];

/** A mailbox, bot or form that a channel serves, as stored. */
export interface AccountRow {
  readonly id: AccountId;
  readonly channel: string;
  readonly name: string;
  readonly address: string | null;
  /** Without the secret ones. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The secret ones, sealed; `AccountsService.settings` puts both together. */
  readonly secrets: string | null;
  /** Where its tickets go when no rule says otherwise. */
  readonly queueId: QueueId | null;
  readonly enabled: boolean;
  readonly state: AccountState;
  readonly stateCode: string | null;
  readonly stateDetail: string | null;
  readonly stateAt: Date;
  readonly lastInAt: Date | null;
  readonly lastOutAt: Date | null;
  readonly holdUntil: Date | null;
  /** Grows with every change of what a person declares. */
  readonly version: number;
}

export interface AccountFilter {
  readonly channels?: readonly string[];
  readonly enabled?: boolean;
}

/** What a person declares of an account, with its secret settings already sealed. */
export interface NewAccount {
  readonly channel: string;
  readonly name: string;
  readonly address: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: string | null;
  readonly queueId: QueueId | null;
  readonly enabled: boolean;
}
