import { describe, expect, it } from '@jest/globals';
import type { DeskEvent } from './message.js';
import { staleKeys } from './stale-keys.js';

const event = (type: DeskEvent['type'], ticketId: string | null = null): DeskEvent => ({
  id: '1',
  type,
  at: '2026-11-25T10:00:00Z',
  ticketId,
  queueId: null,
  data: {},
});

describe('staleKeys', () => {
  it('names a ticket once, however much happened to it', () =>
    expect(staleKeys([event('ticket.changed', '7'), event('message.added', '7')])).toEqual([
      ['ticket', '7'],
      ['load'],
      ['board'],
    ]));

  it.each([
    ['presence.changed', [['load'], ['specialists']]],
    ['account.changed', [['accounts']]],
  ] as const)('%s', (type, keys) => expect(staleKeys([event(type)])).toEqual(keys));
});
