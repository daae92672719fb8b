import { describe, expect, it } from '@jest/globals';
import { checkReferences } from './check-references.js';
import { deskFile } from './desk-file.js';

const title = { ru: 'Имя', en: 'Name' };

describe('checkReferences', () => {
  it('finds nothing in a file that names only what it declares', () => {
    const file = deskFile.parse({
      queues: [{ key: 'first', title }],
      kinds: [{ key: 'other', title }],
      people: [{ email: 'A@b.example', name: 'A', role: 'specialist', specialist: { queues: ['first'] } }],
      accounts: [{ channel: 'form', name: 'main', queue: 'first' }],
      rules: [{ name: 'r', when: {}, then: { queue: 'first', kind: 'other' } }],
    });
    expect(checkReferences(file)).toEqual([]);
    expect(file.people[0]?.email).toBe('a@b.example');
  });

  it('names each queue and kind that is missing, with its place', () => {
    const file = deskFile.parse({
      queues: [{ key: 'first', title }],
      people: [{ email: 'a@b.example', name: 'A', role: 'specialist', specialist: { queues: ['first', 'x'] } }],
      accounts: [{ channel: 'form', name: 'main', queue: 'y' }],
      rules: [{ name: 'r', when: {}, then: { queue: 'z', kind: 'w' } }],
    });
    expect(checkReferences(file).map(({ path }) => path)).toEqual([
      'people.0.specialist.queues.1',
      'accounts.0.queue',
      'rules.0.then.queue',
      'rules.0.then.kind',
    ]);
  });

  it.each([
    [{ queues: [] }],
    [{ queues: [{ key: 'Upper', title }] }],
    [
      {
        queues: [
          { key: 'a', title },
          { key: 'a', title },
        ],
      },
    ],
    [{ queues: [{ key: 'a', title }], surprise: 1 }],
  ])('is never asked about a file like %j: the schema refuses it', (file) =>
    expect(deskFile.safeParse(file).success).toBe(false),
  );
});
