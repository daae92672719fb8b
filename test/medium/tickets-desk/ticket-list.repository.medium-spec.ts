import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listOrders,
  TicketListRepository,
  TimelineRepository,
  type ListOrder,
  type ListPosition,
  type TicketFilter,
} from '#libs/tickets';
import { ADesk } from './a-desk.js';

describe('TicketListRepository', () => {
  let desk: ADesk;
  let lists: TicketListRepository;
  beforeAll(async () => {
    desk = await ADesk.open();
    lists = desk.get(TicketListRepository);
  });
  afterAll(() => desk.close());

  const found = async (filter: TicketFilter, order: ListOrder = 'latest'): Promise<string[]> =>
    (await lists.page(desk.store.db, { filter, order, limit: 100 })).map(({ id }) => id);

  it.each(listOrders)(
    'walks all pages of %s without losing or repeating a ticket, even of one instant',
    async (order) => {
      const requesterId = await desk.requester();
      const made: string[] = [];
      for (let n = 0; n < 7; n += 1) made.push(await desk.ticket({ requesterId }));
      const instant = '2026-01-01T00:00:00.123456Z';
      await desk.sql('update ticket set updated_at = $2, created_at = $2, waiting_since = $2 where requester_id = $1', [
        requesterId,
        instant,
      ]);
      const walked: string[] = [];
      for (let after: ListPosition | undefined; ;) {
        const page = await lists.page(desk.store.db, {
          filter: { requesterIds: [requesterId] },
          order,
          limit: 2,
          after,
        });
        walked.push(...page.map(({ id }) => id));
        after = page.at(-1)?.position;
        if (!after) break;
        expect(after.at).toBe(instant);
      }
      expect(walked).toEqual(order === 'waiting' ? made : made.toReversed());
    },
  );

  it('finds by every filter', async () => {
    const requesterId = await desk.requester();
    const person = await desk.specialist();
    const ticket = await desk.ticket({ requesterId, channel: 'telegram' });
    await desk.sql(`update ticket set kind = 'access', assignee_id = $2, state = 'open', priority = 7 where id = $1`, [
      ticket,
      person.id,
    ]);
    const [row] = await desk.sql<{ number: string }>('select number from ticket where id = $1', [ticket]);
    const filters: TicketFilter[] = [
      { requesterIds: [requesterId] },
      { assigneeId: person.id },
      { channels: ['telegram'] },
      { channels: ['telegram', 'form'] },
      { kinds: ['access'] },
      { priority: 7 },
      { number: row?.number },
      { states: ['open'] },
      {
        states: ['open', 'closed'],
        queueIds: [await desk.queueId(), await desk.queueId('second')],
        createdFrom: new Date(0),
        createdTo: new Date(8e12),
        updatedFrom: new Date(0),
        updatedTo: new Date(8e12),
      },
    ];
    for (const filter of filters) expect(await found(filter)).toEqual([ticket]);
    expect(await found({ queueIds: [await desk.queueId('second')] })).toEqual([]);
    expect(await found({ assigneeId: null })).not.toContain(ticket);
    for (const nothing of [{ createdTo: new Date(0) }, { updatedTo: new Date(0) }, { createdFrom: new Date(8e12) }])
      expect(await found(nothing)).toEqual([]);
  });

  it('lets those wait who wait for the desk, since they began to', async () => {
    const requesterId = await desk.requester();
    const [first, second] = [await desk.ticket({ requesterId }), await desk.ticket({ requesterId })];
    const states = async (id: string, ...then: string[]) => {
      for (const state of then) await desk.sql('update ticket set state = $2 where id = $1', [id, state]);
    };
    const waiting = () => found({ requesterIds: [requesterId] }, 'waiting');
    expect(await waiting()).toEqual([first, second]);
    await states(first, 'open', 'waiting', 'open');
    expect(await waiting()).toEqual([first, second]);
    await states(first, 'pending');
    expect(await waiting()).toEqual([second]);
    await states(first, 'waiting');
    expect(await waiting()).toEqual([second, first]);
    await states(second, 'closed');
    expect(await waiting()).toEqual([first]);
  });
});

describe('TimelineRepository', () => {
  let desk: ADesk;
  beforeAll(async () => {
    desk = await ADesk.open();
  });
  afterAll(() => desk.close());

  it('reads a timeline from either end', async () => {
    const ticket = await desk.ticket({ text: '1' });
    for (const text of ['2', '3', '4']) await desk.message(ticket, { text });
    const timeline = desk.get(TimelineRepository);
    const newest = await timeline.page(desk.store.db, ticket, 'desc', 2);
    expect(newest.map(({ text }) => text)).toEqual(['4', '3']);
    const older = await timeline.page(desk.store.db, ticket, 'desc', 2, newest.at(-1)?.id);
    expect(older.map(({ text }) => text)).toEqual(['2', '1']);
    const oldest = await timeline.page(desk.store.db, ticket, 'asc', 3);
    expect(oldest.map(({ text }) => text)).toEqual(['1', '2', '3']);
  });
});
