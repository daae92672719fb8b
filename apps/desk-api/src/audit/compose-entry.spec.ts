import { describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/access';
import type { Audited } from './audited-routes.js';
import { type ActFacts, composeEntry } from './compose-entry.js';

const anna = { type: 'person', id: '7', role: 'specialist', email: 'anna@desk.test', name: 'Анна' } as Principal;
const at = new Date('2025-11-25T10:00:00Z');
const facts = (more: Partial<ActFacts> = {}): ActFacts => ({
  at,
  principal: anna,
  address: '192.0.2.7',
  params: {},
  query: {},
  body: undefined,
  outcome: 'done',
  ...more,
});
const compose = (audited: Audited, more: Partial<ActFacts>) =>
  composeEntry(audited, facts(more), (value) => `<${value.length}>`);

describe('composeEntry', () => {
  it('tells who did what to what, and from which network, by ids alone', () => {
    const entry = compose({ act: 'ticket.opened', object: 'ticket', reads: true }, { params: { id: '5' } });
    expect(entry).toEqual({
      at,
      actor: { type: 'person', id: '7', role: 'specialist' },
      act: 'ticket.opened',
      object: { type: 'ticket', id: '5' },
      outcome: 'done',
      network: '192.0.2.0/24',
      details: {},
    });
    expect(JSON.stringify(entry)).not.toMatch(/anna|Анна/);
  });

  it('tells changed fields by name, and values only of those that the table lists', () => {
    const { details } = compose(
      { act: 'person.changed', object: 'person', values: ['role', 'disabled'] },
      { params: { id: '9' }, body: { role: 'director', name: 'Новое имя', password: 'wooden spoon' } },
    );
    expect(details).toEqual({ fields: ['name', 'password', 'role'], 'new.role': 'director' });
  });

  it('tells nothing of what a refused request carried', () => {
    const { details, object } = compose(
      { act: 'person.changed', object: 'person', values: ['role'] },
      { params: { id: "1'; drop" }, body: { 'имя‮': 1, role: 'x' }, outcome: 'refused', reason: 'invalid_input' },
    );
    expect(details).toEqual({ reason: 'invalid_input' });
    expect(object).toEqual({ type: 'person', id: null });
  });

  it('takes the id from the answer where the act made the thing', () => {
    const made = compose({ act: 'account.added', object: 'account' }, { answer: { id: '3', name: 'help' } });
    expect(made).toMatchObject({ object: { id: '3' }, details: {} });
    const split = compose({ act: 'ticket.split', object: 'ticket' }, { params: { id: '5' }, answer: { id: '6' } });
    expect(split).toMatchObject({ object: { id: '5' }, details: { result: '6' } });
  });

  it('names the ticket that a file was reached through', () => {
    const { object, details } = compose(
      { act: 'attachment.downloaded', object: 'attachment', idIn: 'attachmentId' },
      { params: { id: '5', attachmentId: '8' } },
    );
    expect([object?.id, details]).toEqual(['8', { through: '5' }]);
  });

  it('knows who came in from the answer, and of who did not only a pseudonym', () => {
    const audited: Audited = { act: 'session.began', object: 'person', actorInAnswer: true, pseudonym: 'email' };
    const nobody = { principal: undefined, body: { email: ' Anna@Desk.test', password: 'secret' } };
    expect(compose(audited, { ...nobody, answer: { id: '7', role: 'specialist' } })).toMatchObject({
      actor: { type: 'person', id: '7', role: 'specialist' },
      object: { type: 'person', id: '7' },
    });
    const refused = compose(audited, { ...nobody, outcome: 'refused', reason: 'wrong_credentials' });
    expect(refused).toMatchObject({
      actor: { type: 'nobody', id: null },
      object: { type: 'person', id: null },
      details: { pseudonym: '<14>', reason: 'wrong_credentials' },
    });
  });

  it.each([
    [['a', 'b'], true],
    [null, true],
    [3, true],
    ['x'.repeat(65), false],
    [{ a: 1 }, false],
    [[1], false],
  ])('tells the value %j: %p', (value, told) => {
    const audited: Audited = { act: 'apiKey.issued', object: 'apiKey', values: ['scopes'] };
    const { details } = compose(audited, { body: { scopes: value } });
    expect('new.scopes' in details).toBe(told);
  });
});
