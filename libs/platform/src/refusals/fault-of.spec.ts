import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { faultOf } from './fault-of.js';
import { tellFaults } from './tell-faults.js';

const found = (schema: z.ZodType, value: unknown) => {
  const answer = schema.safeParse(value, { reportInput: true });
  return answer.success ? [] : answer.error.issues.map(faultOf);
};

describe('faultOf', () => {
  const even = z.object({ n: z.number().refine((n) => n % 2 === 0, 'fault.id') });

  it.each<[string, z.ZodType, unknown, unknown]>([
    ['an absent value', z.string(), undefined, 'fault.missing'],
    ['a value of another type', z.number(), 'x', 'fault.type.number'],
    ['null', z.string(), null, 'fault.type.string'],
    ['a type that has no name', z.bigint(), 'x', 'fault.type.other'],
    ['a choice', z.enum(['a', 'b']), 'c', { text: 'fault.choice', values: 'a, b' }],
    ['a long text', z.string().max(2), 'abc', { text: 'fault.tooLong', count: 2 }],
    ['a short list', z.array(z.string()).min(1), [], { text: 'fault.tooShort', count: 1 }],
    ['a great number', z.number().max(2), 3, { text: 'fault.tooBig', limit: '2' }],
    ['a small number', z.number().min(2), 1, { text: 'fault.tooSmall', limit: '2' }],
    ['a mail address', z.email(), 'x', 'fault.email'],
    ['a time', z.iso.datetime({ offset: true }), 'x', 'fault.datetime'],
    ['an expression', z.string().regex(/^\d+$/), 'x', 'fault.format'],
    ['an expression with a text', z.string().regex(/^\d+$/, 'fault.accountName'), 'x', 'fault.accountName'],
    ['strange fields', z.strictObject({}), { a: 1, b: 2 }, { text: 'fault.unknownKeys', keys: 'a, b' }],
    ['alternatives', z.union([z.literal('a'), z.number()]), 'b', 'fault.invalid'],
    ['a rule without a text', z.string().refine(() => false), 'x', 'fault.invalid'],
    ['a rule with a sentence', z.string().refine(() => false, 'No.'), 'x', 'fault.invalid'],
    ['a rule with a text that wants something', z.string().refine(() => false, 'fault.tooBig'), 'x', 'fault.invalid'],
  ])('names the text of %s', (_, schema, value, message) =>
    expect(found(schema, value)).toEqual([{ path: '', message }]),
  );

  it('names the place', () =>
    expect(found(z.object({ list: z.array(even) }), { list: [{ n: 2 }, { n: 1 }] })).toEqual([
      { path: 'list.1.n', message: 'fault.id' },
    ]));
});

describe('tellFaults', () => {
  it.each([
    ['ru', ['это не номер', 'слишком длинно: не больше 2 знаков или элементов']],
    ['en', ['is not an id', 'is too long: at most 2 characters or items']],
  ] as const)('tells faults in %s', (locale, said) =>
    expect(
      tellFaults(locale, [
        { path: 'a', message: 'fault.id' },
        { path: 'b', message: { text: 'fault.tooLong', count: 2 } },
      ]),
    ).toEqual([
      { path: 'a', message: said[0] },
      { path: 'b', message: said[1] },
    ]),
  );
});
