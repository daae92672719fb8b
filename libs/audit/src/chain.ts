import { createHash } from 'node:crypto';
import type { AuditEntry, NewEntry } from './entry.js';

/** Where the chain ends: what the next entry follows. */
export interface ChainEnd {
  readonly seq: string;
  readonly hash: Buffer;
}

/** Before the first entry. */
export const genesis: ChainEnd = { seq: '0', hash: Buffer.alloc(32) };

/** Why an entry is not what was written. */
export type Break = 'gap' | 'link' | 'content';

/**
 * The text that an entry's hash is made over: JSON without spaces, the members of each object in the order of their
 * names. Whoever checks the chain elsewhere writes the same: `SHA-256(previous hash, 32 bytes ‖ this text in UTF-8)`.
 */
export function canonicalText(entry: NewEntry & { readonly seq: string }): string {
  const { seq, at, actor, act, object, outcome, network, details } = entry;
  const { type, id, role } = actor;
  const about = object && { id: object.id, type: object.type };
  const members = { act, actor: { id, role, type }, at: at.toISOString(), details, network, object: about };
  return JSON.stringify(inOrder({ ...members, outcome, seq, v: 1 }));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, inOrder(member)]));
}

const hashOf = (previous: Buffer, entry: NewEntry & { readonly seq: string }): Buffer =>
  createHash('sha256').update(previous).update(canonicalText(entry), 'utf8').digest();

/** Gives entries their places after `end`, in their order. */
export function link(entries: readonly NewEntry[], end: ChainEnd): AuditEntry[] {
  let last = end;
  return entries.map((entry) => {
    const placed = { ...entry, seq: next(last), prevHash: last.hash };
    const linked = { ...placed, hash: hashOf(last.hash, placed) };
    last = linked;
    return linked;
  });
}

/** What is wrong with an entry that should follow `end`; undefined when it does. */
export function breakOf(entry: AuditEntry, end: ChainEnd): Break | undefined {
  if (entry.seq !== next(end)) return 'gap';
  if (!entry.prevHash.equals(end.hash)) return 'link';
  return entry.hash.equals(hashOf(entry.prevHash, entry)) ? undefined : 'content';
}

/** The number of the entry that follows. */
export const next = ({ seq }: Pick<ChainEnd, 'seq'>): string => String(BigInt(seq) + 1n);
