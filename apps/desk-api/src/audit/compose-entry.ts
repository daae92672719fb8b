import type { Principal } from '#libs/access';
import { type Actor, type AuditDetails, type AuditOutcome, callerNetwork, type NewEntry } from '#libs/audit';
import { isId } from '#libs/contracts';
import type { Audited } from './audited-routes.js';

type Named = Readonly<Record<string, unknown>>;

/** What is known of a request when it has ended, or before it begins. */
export interface ActFacts {
  readonly at: Date;
  readonly principal: Principal | undefined;
  readonly address: string | undefined;
  readonly params: Named;
  readonly query: Named;
  readonly body: unknown;
  /** Absent while the handler has not answered. */
  readonly answer?: unknown;
  readonly outcome: AuditOutcome;
  /** Code of the refusal. */
  readonly reason?: string | undefined;
  /** The answer was given before and is repeated. */
  readonly replayed?: boolean;
}

type Pseudonym = (value: string) => string;

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids, keys and nothing that a person wrote: what a path may hold. */
const isPlain = (value: unknown): value is string => typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value);

/** Who calls, by id. */
export const actorOf = (principal: Principal | undefined): Actor => {
  if (!principal) return { type: 'nobody', id: null, role: null };
  const role = principal.type === 'person' ? principal.role : null;
  return { type: principal.type, id: principal.id, role };
};

/** The entry of an act: ids, names of fields, and of values only those that the table lists. */
export function composeEntry(audited: Audited, facts: ActFacts, pseudonym: Pseudonym): NewEntry {
  const { at, address, outcome } = facts;
  const answer = isNamed(facts.answer) ? facts.answer : {};
  const actor = audited.actorInAnswer && outcome === 'done' ? personIn(answer) : actorOf(facts.principal);
  const id = objectId(audited, facts, answer, actor);
  return {
    at,
    actor,
    act: audited.act,
    object: audited.object === undefined ? null : { type: audited.object, id },
    outcome,
    network: callerNetwork(address),
    details: detailsOf(audited, facts, answer, { id, pseudonym }),
  };
}

function personIn({ id, role }: Named): Actor {
  const known = isPlain(id);
  return { type: known ? 'person' : 'nobody', id: known ? id : null, role: isPlain(role) ? role : null };
}

function objectId({ idIn = 'id' }: Audited, { params }: ActFacts, answer: Named, actor: Actor): string | null {
  if (idIn === 'caller') return actor.id;
  const found = [params[idIn], answer[idIn], answer['id']].find(isPlain);
  return found ?? null;
}

interface Means {
  readonly id: string | null;
  readonly pseudonym: Pseudonym;
}

function detailsOf(audited: Audited, facts: ActFacts, answer: Named, { id, pseudonym }: Means): AuditDetails {
  const { params, outcome, reason, replayed } = facts;
  const body = isNamed(facts.body) ? facts.body : {};
  const secret = audited.pseudonym === undefined ? undefined : (body[audited.pseudonym] ?? answer[audited.pseudonym]);
  return {
    ...placesOf(params, id),
    ...(outcome === 'done' && told(audited, facts, body)),
    ...(outcome === 'done' && valuesOf(audited.answers ?? [], answer, 'answer')),
    ...(outcome === 'done' && resultOf(answer['id'], id)),
    ...(typeof secret === 'string' && { pseudonym: pseudonym(secret.trim().toLowerCase().slice(0, 400)) }),
    ...(reason !== undefined && { reason }),
    ...(replayed && { replayed: true }),
  };
}

/** What the request carried. What was refused may hold anything, so not even its names are told. */
const told = ({ values = [] }: Audited, { query }: ActFacts, body: Named): AuditDetails => ({
  ...named('fields', body),
  ...named('query', query),
  ...valuesOf(values, body, 'new'),
});

/** The thing that an act on another thing made. */
const resultOf = (result: unknown, id: string | null): AuditDetails =>
  isId(result) && result !== id ? { result } : {};

/** Other ids of the path; `through`: the ticket that an attachment was reached through. */
const placesOf = (params: Named, id: string | null): AuditDetails =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      isPlain(value) && value !== id ? [[name === 'id' ? 'through' : name, value]] : [],
    ),
  );

const named = (what: string, values: Named): AuditDetails => {
  const names = Object.keys(values).sort();
  return names.length > 0 ? { [what]: names } : {};
};

const valuesOf = (names: readonly string[], from: Named, prefix: string): AuditDetails =>
  Object.fromEntries(names.flatMap((name) => (isTellable(from[name]) ? [[`${prefix}.${name}`, from[name]]] : [])));

const isTellable = (value: unknown): value is string | number | boolean | null | string[] =>
  value === null ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  isShort(value) ||
  (Array.isArray(value) && value.length <= 500 && value.every(isShort));

const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= 64;
