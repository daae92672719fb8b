/** How an act ended. `unknown`: its process went before saying so; it may have been done. */
export const auditOutcomes = ['done', 'refused', 'failed', 'unknown'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** `nobody`: somebody who did not say, or not prove, who they are. `desk`: the desk itself, by its command line. */
export const actorTypes = ['person', 'program', 'nobody', 'desk'] as const;
export type ActorType = (typeof actorTypes)[number];

/** Who acted, by id alone: a name is looked up when somebody reads, so it can be destroyed without breaking the chain. */
export interface Actor {
  readonly type: ActorType;
  readonly id: string | null;
  /** The role that it was done in. */
  readonly role: string | null;
}

/** What it was done to. */
export interface AuditObject {
  readonly type: string;
  readonly id: string | null;
}

type Detail = string | number | boolean | null | readonly string[];
/** Names of changed fields, ids, states: never a text that somebody wrote, never a secret. */
export type AuditDetails = Readonly<Record<string, Detail>>;

/** One act, as it is handed in. */
export interface NewEntry {
  readonly at: Date;
  readonly actor: Actor;
  /** `ticket.opened`: a key of the texts under `audit`. */
  readonly act: string;
  readonly object: AuditObject | null;
  readonly outcome: AuditOutcome;
  /** Network of the caller, not the address. */
  readonly network: string | null;
  readonly details: AuditDetails;
}

/** One act at its place in the chain. */
export interface AuditEntry extends NewEntry {
  /** 1, 2, 3, … without gaps. */
  readonly seq: string;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}
