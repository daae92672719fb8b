import type { Locale, PersonId } from '#libs/contracts';
import type { Role } from './role.js';
import type { Scope } from './scope.js';

/** A person who signed in. */
export interface PersonPrincipal {
  readonly type: 'person';
  readonly id: PersonId;
  readonly role: Role;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  /** Names the session, not its secret: the hex hash of the token. */
  readonly session: string;
}

/** A program that showed an API key. */
export interface ProgramPrincipal {
  readonly type: 'program';
  /** Id of the key. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Who calls. */
export type Principal = PersonPrincipal | ProgramPrincipal;

/** One word for a principal, in scopes of keys and in logs: `person:12`, `program:3`. */
export const principalName = ({ type, id }: Principal): string => `${type}:${id}`;
