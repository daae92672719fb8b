import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestersService } from '#libs/requesters';
import { RegroupService } from '#libs/routing';
import { NoteService, TicketListService, type ListPosition, type TextSearch } from '#libs/tickets';
import { ADesk } from './a-desk.js';

describe('search', () => {
  let desk: ADesk;
  let lists: TicketListService;
  let requesterId: string;
  let ticket: string;
  beforeAll(async () => {
    desk = await ADesk.open();
    lists = desk.get(TicketListService);
    requesterId = await desk.requester('Пётр Иванов');
    await desk.address(requesterId, 'email', 'petr.ivanov@academy-mail.ru');
    await desk.address(requesterId, 'phone', '+74951234567;ext=12');
    ticket = await desk.ticket({
      requesterId,
      subject: 'Не открывается курс по библиотечному делу',
      text: 'Привет! После перезагрузки настройки потерялись, прошу всё вернуть. Password reset на example.com/courses',
    });
    for (let n = 0; n < 3; n += 1) await desk.ticket({ subject: 'Другое дело', text: 'Прочее' });
  });
  afterAll(() => desk.close());

  const found = async (typed: string, within: TextSearch['within'] = 'everything'): Promise<string[]> => {
    const search = await lists.searchOf(typed, within);
    return (await lists.page({ filter: { search }, order: 'newest', limit: 50 })).map(({ id }) => id);
  };
  const numberOf = async (id: string): Promise<string> =>
    (await desk.sql<{ number: string }>('select number from ticket where id = $1', [id]))[0]?.number ?? '';

  it.each([
    'курсы',
    'курсом библиотечное',
    'настройками',
    'перезагрузка',
    'passwords resetting',
    'КУРСАМИ',
    'не открывается',
    'все вернуть',
    'вернут',
    'example.com',
    'example.com/cou',
    'открывается курс не',
  ])('finds by words: %s', async (typed) => expect(await found(typed)).toEqual([ticket]));

  it('finds at every letter of a word that is being typed', async () => {
    for (const word of ['библиотечному', 'перезагрузки', 'настройки', 'password', 'петр']) {
      for (let length = 1; length <= word.length; length += 1) {
        expect([word.slice(0, length), await found(word.slice(0, length))]).toEqual([
          word.slice(0, length),
          expect.arrayContaining([ticket]),
        ]);
      }
    }
  });

  it.each(['ghbdtn', 'Yfcnhjqrb', 'зфыыцщкв куыуе', 'rehc gtnhf'])('finds in the wrong layout: %s', async (typed) =>
    expect(await found(typed)).toEqual([ticket]),
  );

  it.each([
    '+7 (495) 123-45-67',
    '84951234567',
    '8 495 123',
    '123-45-67',
    '4951234567',
    'иванов 123-45-67',
    'petr.ivanov@academy-mail.ru',
    'PETR.IVANOV@acad',
    '@academy-mail.ru',
    'ivanov',
    'Иванову Петру',
    'Петр',
    'зуекюшмфтщм"фсфвуьн-ьфшдюкг',
  ])('finds by who asks: %s', async (typed) => expect(await found(typed)).toEqual([ticket]));

  it.each([
    'курс вебинар',
    'библиотекарь',
    '+7 495 765-43-21',
    'petrov@academy-mail.ru',
    '&|!',
    "' or 1=1",
    ':*',
    'не',
  ])('finds nothing by %s', async (typed) => expect(await found(typed)).toEqual([]));

  it('puts the ticket of a number first, whatever else has that number, and shows it once', async () => {
    const number = await numberOf(ticket);
    const later = await desk.ticket({ subject: `Повтор ${number}`, text: `см. №${number}` });
    for (const typed of [number, `№${number}`, `#${number}`, `Re: [№${number}] Не открывается`])
      expect((await found(typed))[0]).toBe(ticket);
    expect(await found(`№ ${number}`)).toEqual([ticket, later]);
    const walked: string[] = [];
    const search = await lists.searchOf(number, 'everything');
    for (let after: ListPosition | undefined; ;) {
      const page = (await lists.page({ filter: { search }, order: 'newest', limit: 1, after })).slice(0, 1);
      walked.push(...page.map(({ id }) => id));
      after = page.at(-1)?.position;
      if (!after) break;
    }
    expect(walked).toEqual([ticket, later]);
  });

  it('tells nothing of what was said to whoever sees only headings', async () => {
    expect(await found('курс', 'heading')).toEqual([ticket]);
    expect(await found('настройки', 'heading')).toEqual([]);
    expect(await found('курс настройки', 'heading')).toEqual([]);
  });

  it('keeps up with answers, notes, edits, merges, splits and what people are called', async () => {
    const person = await desk.specialist();
    const other = await desk.requester();
    await desk.address(other, 'email', 'olga@x.test');
    const first = await desk.ticket({ requesterId: other, text: 'гербарий' });
    const second = await desk.ticket({ requesterId: other, text: 'аквариум' });
    await desk.message(first, { type: 'note', text: 'проверить вольтметр' });
    await desk.message(first, { type: 'reply', text: 'Замените амперметр' });
    expect(await found('вольтметры амперметра гербарий')).toEqual([first]);

    const [message] = await desk.sql<{ id: string }>('select min(id) as id from message where ticket_id = $1', [first]);
    await desk.sql('update message set text = $2 where id = $1', [message?.id, 'палеонтология']);
    expect(await found('гербарий')).toEqual([]);
    expect(await found('палеонтологию')).toEqual([first]);

    await desk.get(RegroupService).merge(second, first, false, person);
    expect(await found('аквариумом')).toEqual([first]);
    const [moved] = await desk.sql<{ id: string }>(`select id from message where text = 'аквариум'`);
    const split = await desk.get(RegroupService).split(first, moved?.id ?? '', false, person);
    expect(await found('аквариумом')).toEqual([split.id]);

    await desk.sql(`update requester set name = 'Мендельсон' where id = $1`, [other]);
    expect(await found('мендельсона аквариум')).toEqual([split.id]);
    await desk.address(other, 'phone', '+79031112233');
    expect((await found('8 903 111-22-33')).length).toBe(3);
    await desk.sql(`delete from requester_address where value = '+79031112233'`);
    expect(await found('8 903 111-22-33')).toEqual([]);
  });

  it('follows requesters who turn out to be one', async () => {
    const [one, two] = [await desk.requester('Аристарх'), await desk.requester()];
    await desk.address(one, 'email', 'aristarh@x.test', 'code');
    await desk.address(two, 'telegram', '777555333', 'code');
    const theirs = await desk.ticket({ requesterId: two, subject: 'Слияние' });
    await desk.store.database.transaction((tx) =>
      desk.get(RequestersService).identify(tx, [
        {
          addresses: [
            { kind: 'email', value: 'aristarh@x.test', proof: 'code' },
            { kind: 'telegram', value: '777555333', proof: 'code' },
          ],
        },
      ]),
    );
    expect(await found('aristarh@x.test слияние')).toEqual([theirs]);
  });

  it('takes a message of any length, and finds the newest of a ticket that is full', async () => {
    const words = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => `слово${(from + n).toString(36)}ъ`).join(' ');
    const full = await desk.ticket({ subject: 'Протокол', text: words(0, 20_000) });
    for (let n = 1; n <= 8; n += 1) await desk.message(full, { text: words(n * 20_000, 20_000) });
    await desk.message(full, { text: 'птеродактиль' });
    expect(await found('птеродактили')).toEqual([full]);
    const [row] = await desk.sql<{ bytes: number }>(
      `select pg_column_size(texts || ''::tsvector) as bytes from ticket_search where ticket_id = $1`,
      [full],
    );
    expect(row?.bytes).toBeLessThan(1_000_000);
  });

  it('asks the index where the list itself has too few', async () => {
    await desk.sql(
      `insert into ticket (subject, queue_id, requester_id, channel, created_at)
       select 'Много', (select min(id) from queue), $1, 'email', now() + interval '1 day' from generate_series(1, 1500)`,
      [requesterId],
    );
    expect(await found('перезагрузка')).toEqual([ticket]);
    expect(await found('настройки ивановых')).toEqual([ticket]);
  });

  it('is not needed by writers that wait for one another', async () => {
    const person = await desk.specialist();
    const many = await Promise.all(Array.from({ length: 6 }, () => desk.ticket({ text: 'гонка' })));
    await Promise.all(
      many.flatMap((id) =>
        Array.from({ length: 5 }, (_, n) => desk.get(NoteService).note(id, `заметка${n}ая`, person)),
      ),
    );
    for (let n = 0; n < 5; n += 1) expect((await found(`заметка${n}ая`)).toSorted()).toEqual(many.toSorted());
  });
});
