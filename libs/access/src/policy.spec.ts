import { describe, expect, it } from '@jest/globals';
import { mayCall, policy, type RouteId } from './policy.js';
import type { Principal } from './principal.js';
import type { Role } from './role.js';
import { type Scope, scopes } from './scope.js';

const person = (role: Role): Principal => ({
  type: 'person',
  id: '1',
  role,
  email: 'a@desk.test',
  name: 'A',
  locale: 'ru',
  session: '00',
});
const program = (...held: Scope[]): Principal => ({ type: 'program', id: '1', name: 'key', scopes: held });

describe('mayCall', () => {
  it.each<[string, Principal | undefined, RouteId, ReturnType<typeof mayCall>]>([
    ['anybody on a public route', undefined, 'health.live', 'yes'],
    ['nobody on a guarded route', undefined, 'tickets.list', 'unauthenticated'],
    ['a specialist who answers', person('specialist'), 'tickets.reply', 'yes'],
    ['a director who reads the list', person('director'), 'tickets.list', 'yes'],
    ['a director who would read messages', person('director'), 'tickets.messages', 'forbidden'],
    ['a director who would answer', person('director'), 'tickets.reply', 'forbidden'],
    ['a specialist who would assign', person('specialist'), 'tickets.assign', 'forbidden'],
    ['a supervisor who would make people', person('supervisor'), 'people.create', 'forbidden'],
    ['an administrator at the board', person('administrator'), 'board.open', 'yes'],
    ['a key with the scope', program('tickets:read'), 'tickets.list', 'yes'],
    ['a key with another scope', program('tickets:write'), 'tickets.list', 'forbidden'],
    ['a key without scopes that asks who it is', program(), 'me.get', 'yes'],
    ['a key with every scope where no key may', program(...scopes), 'board.open', 'forbidden'],
    ['a key that would claim a ticket', program(...scopes), 'tickets.claim', 'forbidden'],
  ])('%s', (_, principal, route, verdict) => expect(mayCall(principal, route)).toBe(verdict));

  it('lets a director change nothing at all', () => {
    const changing =
      /\.(create|update|revoke|reply|note|assign|claim|close|reopen|merge|split|retry|markSent|done|setPresence)$/;
    const allowed = (Object.keys(policy) as RouteId[]).filter(
      (route) => policy[route] !== 'public' && changing.test(route) && mayCall(person('director'), route) === 'yes',
    );
    expect(allowed).toEqual([]);
  });

  it('has its rows in order, so that two hands add them at different places', () => {
    expect(Object.keys(policy)).toEqual(Object.keys(policy).sort());
  });
});
