import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReadyRow } from '#libs/channels';
import type { ThreadClues } from '#libs/contracts';
import { firstRound } from './split-rounds.js';

const row = (
  id: number,
  more: Partial<ReadyRow> = {},
  thread: Partial<ThreadClues> = {},
  externalId = `m${id}`,
): ReadyRow => ({
  id: String(id),
  accountId: '1',
  channel: 'email',
  externalKey: String(id),
  contentKey: null,
  orderKey: '',
  message: {
    v: 1,
    type: 'message',
    externalId,
    sender: { addresses: [] },
    replyTo: '',
    others: [],
    subject: '',
    text: '',
    attachments: [],
    thread: { references: [], subjectNumbers: [], ...thread },
    flags: [],
  },
  receivedAt: new Date(0),
  attempts: 0,
  accountQueueId: null,
  raw: '',
  rawBytes: 0,
  duplicateOf: null,
  ...more,
});
const ids = (rows: readonly ReadyRow[]): string[] => rows.map(({ id }) => id);

describe('firstRound', () => {
  it.each<[string, ReadyRow[], string[]]>([
    ['rows that have nothing in common together', [row(1), row(2), row(3)], ['1', '2', '3']],
    ['one of a chat', [row(1, {}, { conversation: 'c' }), row(2, {}, { conversation: 'c' })], ['1']],
    [
      'one of each account’s chat',
      [row(1, {}, { conversation: 'c' }), row(2, { accountId: '2' }, { conversation: 'c' })],
      ['1', '2'],
    ],
    ['one of an order', [row(1, { orderKey: 'o' }), row(2, { orderKey: 'o' }), row(3, { orderKey: 'p' })], ['1', '3']],
    ['one of an album', [row(1, {}, { group: 'g' }), row(2, {}, { group: 'g' })], ['1']],
    ['an item before its copy', [row(1, { contentKey: 'k' }), row(2, { accountId: '2', contentKey: 'k' })], ['1']],
    ['a message before its answer', [row(1), row(2, {}, { references: ['x', 'm1'] })], ['1']],
    ['a message before its edit', [row(1), row(2, {}, {}, 'm1')], ['1']],
    [
      'two answers to one message together',
      [row(1, {}, { references: ['x'] }), row(2, {}, { references: ['x'] })],
      ['1', '2'],
    ],
    [
      'an answer that waits before what answers it',
      [row(1), row(2, {}, { references: ['m1'] }), row(3, {}, { references: ['m2'] })],
      ['1'],
    ],
  ])('takes %s', (_name, rows, taken) => expect(ids(firstRound(rows))).toEqual(taken));

  it('comes to an end, takes every row once and keeps the order of every chat', () => {
    const chat = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
    const batches = fc.array(fc.tuple(chat, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(batches, (batch) => {
        const rows = batch.map(([conversation, answered], index) =>
          row(index + 1, {}, { references: answered.map((id) => `m${id}`), ...(conversation && { conversation }) }),
        );
        const order: ReadyRow[] = [];
        let left = rows;
        while (left.length > 0) {
          const round = firstRound(left);
          expect(round[0]).toBe(left[0]);
          order.push(...round);
          left = left.filter((one) => !round.includes(one));
        }
        expect(ids(order).sort()).toEqual(ids(rows).sort());
        for (const name of ['a', 'b', 'c']) {
          const inChat = (one: ReadyRow): boolean => one.message.thread.conversation === name;
          expect(ids(order.filter(inChat))).toEqual(ids(rows.filter(inChat)));
        }
      }),
    );
  });
});
