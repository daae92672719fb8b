import { describe, expect, it } from '@jest/globals';
import type { DeskError } from '#libs/platform';
import { z } from 'zod';
import { checkSettings } from './check-settings.js';

const announced = z.toJSONSchema(
  z.strictObject({
    receive: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('imap'), host: z.string().min(1), port: z.number().int().min(1).max(65_535) }),
        z.strictObject({ type: z.literal('smtp'), port: z.number().int() }),
      ])
      .optional(),
    plusAddressing: z.boolean().default(false),
  }),
  { io: 'input' },
) as Record<string, unknown>;

/** A field that one alternative of another needs. */
const hooked = {
  type: 'object',
  properties: { mode: { enum: ['pull', 'push'], default: 'pull' }, secret: { type: 'string', minLength: 3 } },
  anyOf: [
    { type: 'object', properties: { mode: { const: 'pull' } } },
    { type: 'object', properties: { mode: { const: 'push' }, secret: { type: 'string' } }, required: ['secret'] },
  ],
};

const faults = (settings: unknown, schema: Record<string, unknown> = announced) => {
  try {
    checkSettings(settings, schema);
    return [];
  } catch (refused) {
    return (refused as DeskError).faults.map(({ path }) => path);
  }
};

describe('checkSettings', () => {
  it.each([
    {},
    { receive: { type: 'smtp', port: 25 } },
    { receive: { type: 'imap', host: 'a', port: 993 }, plusAddressing: true },
  ])('takes %j', (settings) => expect(faults(settings)).toEqual([]));
  it.each([
    [{ plusAddressing: 'yes' }, ['settings.plusAddressing']],
    [{ receive: { type: 'imap', host: '', port: 0 } }, ['settings.receive.host', 'settings.receive.port']],
    [{ receive: { type: 'smtp', port: 'x' } }, ['settings.receive.port']],
    [{ unknown: 1 }, ['settings']],
    ['text', ['settings']],
  ])('%j is wrong at %j', (settings, paths) => expect(faults(settings)).toEqual(paths));
  it.each([
    [{}, []],
    [{ mode: 'pull' }, []],
    [{ mode: 'push', secret: 'abc' }, []],
    [{ mode: 'push' }, ['settings.secret']],
    [{ mode: 'push', secret: 'a' }, ['settings.secret']],
    [{ mode: 'other' }, ['settings.mode']],
  ])('%j is wrong at %j where one field needs another', (settings, paths) =>
    expect(faults(settings, hooked)).toEqual(paths),
  );
});
