import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewsAndSearch1764000011000 } from '../../../libs/database/src/migrations/1764000011000-views-and-search.js';
import { ADesk } from '../tickets-desk/a-desk.js';

describe('the migration of search', () => {
  let desk: ADesk;
  beforeAll(async () => {
    desk = await ADesk.open();
  });
  afterAll(() => desk.close());

  it('fills what was there before it, in batches, and may be repeated after any of its steps', async () => {
    const requesterId = await desk.requester('Иванов');
    const documents = () => desk.sql('select ticket_id, head, texts from ticket_search order by ticket_id');
    await desk.sql(
      `insert into ticket (subject, queue_id, requester_id, channel, state)
       select 'Тема ' || n, (select min(id) from queue), $1, 'email', case n % 2 when 0 then 'closed' else 'open' end
       from generate_series(1, 2500) n`,
      [requesterId],
    );
    await desk.sql(
      `insert into message (ticket_id, type, channel, author_type, text) select id, 'inbound', 'email', 'requester', 'Слова ' || id from ticket`,
    );
    const written = await documents();
    expect(written).toHaveLength(2500);

    await desk.sql('delete from ticket_search');
    await desk.sql('update ticket set waiting_since = null');
    await desk.sql('drop index ticket_search_words');
    const db = desk.store.db.dataSource.createQueryRunner();
    await new ViewsAndSearch1764000011000().up(db);
    await db.release();

    expect(await documents()).toEqual(written);
    const [waiting] = await desk.sql(
      `select count(*)::int as all, count(waiting_since)::int as since from ticket where state = 'open'`,
    );
    expect(waiting).toEqual({ all: 1250, since: 1250 });
    const [index] = await desk.sql(
      `select indisvalid as valid from pg_index where indexrelid = 'ticket_search_words'::regclass`,
    );
    expect(index).toEqual({ valid: true });
  });
});
