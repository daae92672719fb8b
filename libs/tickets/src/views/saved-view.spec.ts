import { describe, expect, it } from '@jest/globals';
import { roles, type Principal, type Role } from '#libs/access';
import { mayChange, maySee } from './saved-view.js';

const person = (id: string, role: Role): Principal => ({
  type: 'person',
  id,
  role,
  email: 'a@desk.test',
  name: 'A',
  locale: 'ru',
  session: 's',
});
const program: Principal = { type: 'program', id: '1', name: 'p', scopes: ['tickets:read', 'tickets:write'] };

describe('a view', () => {
  it.each(roles)('of a person is theirs alone, whatever a %s is', (role) => {
    expect([maySee({ ownerId: '1' }, person('1', role)), mayChange({ ownerId: '1' }, person('1', role))]).toEqual([
      true,
      true,
    ]);
    expect([maySee({ ownerId: '1' }, person('2', role)), mayChange({ ownerId: '1' }, person('2', role))]).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ['administrator', true],
    ['supervisor', true],
    ['specialist', false],
    ['director', false],
  ] as const)('of everybody: a %s may change it: %s', (role, may) => {
    expect([maySee({ ownerId: null }, person('1', role)), mayChange({ ownerId: null }, person('1', role))]).toEqual([
      true,
      may,
    ]);
  });

  it('is not for a program that has the number of its owner', () => {
    expect([maySee({ ownerId: '1' }, program), mayChange({ ownerId: '1' }, program)]).toEqual([false, false]);
    expect([maySee({ ownerId: null }, program), mayChange({ ownerId: null }, program)]).toEqual([true, false]);
  });
});
