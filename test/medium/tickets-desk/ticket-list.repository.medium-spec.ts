import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketListRepository, TimelineRepository, type TicketFilter } from '#libs/tickets';
import { ADesk } from './a-desk.js';

describe('TicketListRepository', () => {
  let desk: ADesk;
  let lists: TicketListRepository;
  beforeAll(async () => {
    desk = await ADesk.open();
    lists = desk.get(TicketListRepository);
  });
  afterAll(() => desk.close());

  const found = async (filter: TicketFilter): Promise<string[]> =>
    (await lists.page(desk.store.db, filter, 100)).map(({ id }) => id);

  it('walks all pages without losing or repeating a ticket, even of one instant', async () => {
    const ids = await Promise.all(Array.from({ length: 7 }, () => desk.ticket({ subject: 'страница' })));
    await desk.sql(`update ticket set updated_at = '2026-01-01T00:00:00.123456Z' where subject = 'страница'`);
    const walked: string[] = [];
    let after: { updatedAt: string; id: string } | undefined;
    for (;;) {
      const page = await lists.page(desk.store.db, { text: 'страница' }, 2, after);
      walked.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last) break;
      after = { updatedAt: last.position, id: last.id };
    }
    expect(walked).toEqual([...ids].sort((one, other) => Number(BigInt(other) - BigInt(one))));
  });

  it('finds by every filter', async () => {
    const requesterId = await desk.requester();
    const person = await desk.specialist();
    const ticket = await desk.ticket({ requesterId, channel: 'telegram', subject: '100% _готово_' });
    await desk.sql(`update ticket set kind = 'access', assignee_id = $2, state = 'open' where id = $1`, [
      ticket,
      person.id,
    ]);
    const [row] = await desk.sql<{ number: string }>('select number from ticket where id = $1', [ticket]);
    const filters: TicketFilter[] = [
      { requesterIds: [requesterId] },
      { assigneeId: person.id },
      { channel: 'telegram' },
      { kind: 'access' },
      { number: row?.number },
      { text: row?.number },
      { text: '100% _готово_' },
      { states: ['open'] },
      {
        states: ['open', 'closed'],
        queueId: await desk.queueId(),
        createdFrom: new Date(0),
        createdTo: new Date(8e12),
      },
    ];
    for (const filter of filters) expect(await found(filter)).toEqual([ticket]);
    expect(await found({ queueId: await desk.queueId('second') })).toEqual([]);
    expect(await found({ assigneeId: null })).not.toContain(ticket);
    expect(await found({ text: '100x' })).toEqual([]);
    expect(await found({ createdTo: new Date(0) })).toEqual([]);
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
