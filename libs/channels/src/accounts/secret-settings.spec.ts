import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { mergeSecrets, splitSecrets } from './secret-settings.js';

const secret = z.string().meta({ secret: true });
const settings = z.object({
  name: z.string(),
  token: secret.optional(),
  receive: z
    .union([
      z.object({ type: z.literal('imap'), host: z.string(), password: secret.optional() }),
      z.object({ type: z.literal('smtp'), port: z.number() }),
    ])
    .optional(),
  oauth2: z.object({ id: z.string(), refresh: z.string() }).meta({ secret: true }).optional(),
  keys: z.array(z.object({ id: z.string(), key: secret })).optional(),
  named: z.record(z.string(), z.object({ key: secret.optional(), note: z.string() })).optional(),
});
const schema = z.toJSONSchema(settings, { io: 'input' }) as Record<string, unknown>;

describe('splitSecrets', () => {
  it.each([
    ['a leaf', { name: 'a', token: 's' }, { name: 'a' }, { token: 's' }],
    [
      'a leaf of one alternative',
      { receive: { type: 'imap', host: 'h', password: 's' } },
      { receive: { type: 'imap', host: 'h' } },
      { receive: { password: 's' } },
    ],
    [
      'nothing of the other alternative',
      { receive: { type: 'smtp', port: 25 } },
      { receive: { type: 'smtp', port: 25 } },
      {},
    ],
    ['a whole object', { oauth2: { id: 'i', refresh: 's' } }, {}, { oauth2: { id: 'i', refresh: 's' } }],
    ['leaves of a list', { keys: [{ id: '1', key: 's' }] }, { keys: [{ id: '1' }] }, { keys: { 0: { key: 's' } } }],
    [
      'leaves under names that nobody knows',
      { named: { a: { key: 's', note: 'n' } } },
      { named: { a: { note: 'n' } } },
      { named: { a: { key: 's' } } },
    ],
  ])('seals %s', (_what, given, open, sealed) => {
    expect(splitSecrets(given, schema)).toEqual({ open, secret: sealed });
  });

  it('seals everything of a channel that is not announced', () => {
    expect(splitSecrets({ name: 'a' }, undefined)).toEqual({ open: {}, secret: { name: 'a' } });
  });

  it('finds a secret behind a reference', () => {
    const password = z.string().meta({ id: 'password', secret: true });
    const referring = z.toJSONSchema(z.object({ a: password, b: password })) as Record<string, unknown>;
    expect(splitSecrets({ a: '1', b: '2' }, referring)).toEqual({ open: {}, secret: { a: '1', b: '2' } });
  });
});

describe('mergeSecrets', () => {
  const text = fc.string({ maxLength: 5 });
  const anySettings = fc.record(
    {
      name: text,
      token: text,
      receive: fc.record({ type: fc.constant('imap'), host: text, password: text }, { requiredKeys: ['type', 'host'] }),
      oauth2: fc.record({ id: text, refresh: text }),
      keys: fc.array(fc.record({ id: text, key: text })),
      named: fc.dictionary(text, fc.record({ key: text, note: text }), { noNullPrototype: true }),
      other: fc.jsonValue(),
    },
    { requiredKeys: ['name'], noNullPrototype: true },
  );
  it('puts together what was parted', () => {
    fc.assert(
      fc.property(anySettings, fc.boolean(), (given, announced) => {
        const { open, secret: sealed } = splitSecrets(given, announced ? schema : undefined);
        expect(mergeSecrets(open, sealed)).toEqual(given);
      }),
    );
  });
});
