import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerService } from '#libs/routing';
import { AnIntake, chat, mail } from './an-intake.js';

describe('RouteInbound', () => {
  let intake: AnIntake;
  beforeAll(async () => {
    intake = await AnIntake.open();
    await intake.desk.sql(
      `insert into rule (position, name, condition, outcome)
       values (1, 'access', '{"words":["пароль"]}', '{"kind":"access","queue":"second","priority":2}')`,
    );
  });
  afterAll(() => intake.close());

  /** A ticket of `from` that a specialist answered: it is the requester's turn. */
  const answered = async (from: string, question = mail(from)) => {
    const { ticketId } = await intake.take(question);
    const by = await intake.desk.specialist(100);
    await intake.desk
      .get(AnswerService)
      .reply(ticketId!, { text: 'Готово', channel: undefined, files: [], then: 'pending' }, by);
    const sent = await intake.sentTo(from);
    return { ticketId: ticketId!, by, externalId: sent.at(-1)!.externalId };
  };

  describe('a new request', () => {
    it('becomes a ticket with its message, its work and the reasons for it', async () => {
      const { fate, ticketId, inboxId } = await intake.take(
        mail('new@x.test', {
          subject: 'Забыл пароль',
          sender: { name: 'Анна' },
          attachments: [{ name: 'a.png', mediaType: 'image/png', bytes: 3, content: 'ab' }],
        }),
      );
      expect(fate).toBe('ticket');
      expect(await intake.ticket(ticketId)).toMatchObject({
        state: 'waiting',
        subject: 'Забыл пароль',
        kind: 'access',
        queue: 'second',
        locale: 'ru',
      });
      expect(await intake.messages(ticketId)).toMatchObject([
        { type: 'inbound', author: 'requester', text: 'Помогите, пожалуйста' },
        { type: 'acknowledgement', author: 'desk' },
      ]);
      expect(
        await intake.desk.sql(
          'select name from attachment a join message m on m.id = a.message_id where m.ticket_id = $1',
          [ticketId],
        ),
      ).toEqual([{ name: 'a.png' }]);
      expect(await intake.desk.sql('select state, priority from work_item where ticket_id = $1', [ticketId])).toEqual([
        { state: 'waiting', priority: 2 },
      ]);
      expect(
        await intake.desk.sql('select step, outcome from decision where inbox_id = $1 order by id', [inboxId]),
      ).toEqual([
        { step: 'thread', outcome: 'new' },
        { step: 'rules', outcome: 'rule' },
        { step: 'acknowledgement', outcome: 'sent' },
      ]);
      expect(await intake.desk.sql('select type from event where ticket_id = $1 order by id', [ticketId])).toEqual([
        { type: 'ticket.created' },
      ]);
      expect(
        await intake.desk.sql('select state, fate, ticket_id as "ticketId" from inbox where id = $1', [inboxId]),
      ).toEqual([{ state: 'done', fate: 'ticket', ticketId }]);
    });

    it('rings the queue of its work and the gateway of its acknowledgement', async () => {
      intake.desk.queue.jobs.length = 0;
      await intake.take(mail('ring@x.test'));
      expect(intake.desk.queue.jobs).toEqual([
        { job: 'routing', ids: [await intake.desk.queueId()] },
        { job: 'outbound.email', ids: [expect.stringMatching(/^\d+$/)] },
      ]);
    });

    it('is acknowledged in the language it is written in, with its number, in answer to it', async () => {
      const first = mail('english@x.test', { subject: 'Cannot sign in', text: 'Please help' });
      const { ticketId } = await intake.take(first);
      const { number } = await intake.ticket(ticketId);
      const [sent] = await intake.sentTo('english@x.test');
      expect(sent).toMatchObject({
        automatic: true,
        message: {
          subject: 'Re: Cannot sign in',
          references: [first.externalId],
          from: 'help@desk.test',
          automatic: true,
          ticketNumber: number,
          locale: 'en',
        },
      });
      expect(sent?.message.text).toContain(number);
      expect(sent?.externalId).toMatch(/^[a-z2-7]+\.[a-z2-7]{12}$/);
    });

    it('is one of the same requester as the request before', async () => {
      const [one, other] = [await intake.take(mail('twice@x.test')), await intake.take(mail('twice@x.test'))];
      expect(one.ticketId).not.toBe(other.ticketId);
      expect((await intake.ticket(one.ticketId)).requester).toBe((await intake.ticket(other.ticketId)).requester);
    });

    it('that could not be read is a ticket all the same, and nobody unknown is answered', async () => {
      const stub = {
        subject: '',
        text: '',
        flags: ['unreadable'],
        sender: { addresses: [] },
        attachments: [{ name: 'original.eml', mediaType: 'message/rfc822', bytes: 9, content: 'ff' }],
      };
      const { fate, ticketId } = await intake.take(mail('', stub));
      expect(fate).toBe('ticket');
      expect(await intake.ticket(ticketId)).toMatchObject({ subject: 'original.eml', state: 'waiting' });
      expect(await intake.messages(ticketId)).toMatchObject([{ flags: ['unreadable'] }]);
    });
  });

  describe('an answer', () => {
    it('by our signed reference brings the ticket back to whoever knows it, and is not acknowledged', async () => {
      const { ticketId, by, externalId } = await answered('back@x.test');
      const { fate, ticketId: same } = await intake.take(
        mail('back@x.test', { thread: { references: [`${externalId}@desk.test`] } }),
      );
      expect([fate, same]).toEqual(['appended', ticketId]);
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'waiting', assignee: null });
      expect(
        await intake.desk.sql(
          `select preferred_id as preferred from work_item where ticket_id = $1 and state = 'waiting'`,
          [ticketId],
        ),
      ).toEqual([{ preferred: by.id }]);
      expect(await intake.sentTo('back@x.test')).toHaveLength(2);
    });

    it('reopens a ticket that was closed', async () => {
      const { ticketId, externalId } = await answered('closed@x.test');
      await intake.desk.sql(`update ticket set state = 'closed', closed_at = now() where id = $1`, [ticketId]);
      await intake.take(mail('closed@x.test', { thread: { references: [externalId] } }));
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'waiting' });
    });

    it('leaves a ticket that somebody works with them', async () => {
      const first = mail('open@x.test');
      const { ticketId } = await intake.take(first);
      const { id } = await intake.desk.specialist();
      await intake.desk.sql(`update ticket set state = 'open', assignee_id = $2 where id = $1`, [ticketId, id]);
      await intake.take(mail('open@x.test', { thread: { references: [first.externalId] } }));
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'open', assignee: id });
    });

    it('goes to the ticket that the other was merged into', async () => {
      const { ticketId: into } = await intake.take(mail('merged@x.test'));
      const { ticketId, externalId } = await answered('merged@x.test');
      await intake.desk.sql(`update ticket set state = 'closed', merged_into = $2 where id = $1`, [ticketId, into]);
      expect(await intake.take(mail('merged@x.test', { thread: { references: [externalId] } }))).toMatchObject({
        ticketId: into,
      });
    });

    it('from somebody else by our signed reference is shown as a participant’s', async () => {
      const { ticketId, externalId } = await answered('owner@x.test');
      const { ticketId: same } = await intake.take(mail('colleague@x.test', { thread: { references: [externalId] } }));
      expect(same).toBe(ticketId);
      expect((await intake.messages(ticketId)).at(-1)).toMatchObject({ author: 'participant' });
      expect((await intake.ticket(ticketId)).requester).not.toBe(
        (await intake.ticket((await intake.take(mail('colleague@x.test'))).ticketId)).requester,
      );
    });

    it.each<[string, (externalId: string) => NonNullable<Parameters<typeof mail>[1]>]>([
      ['signed reference', (externalId) => ({ thread: { references: [`${externalId}@desk.test`] } })],
      ['plus-address', (externalId) => ({ thread: { plusTag: externalId.split('.')[0] ?? '' } })],
    ])(
      'from a stranger by our %s is shown, marked, and changes nothing, however often they write',
      async (by, given) => {
        const { ticketId, externalId } = await answered(`owner-${by.length}@x.test`);
        const stranger = mail(`stranger-${by.length}@x.test`, {
          ...given(externalId),
          others: [`friend-${by.length}@x.test`],
        });
        const friend = mail(`friend-${by.length}@x.test`, given(externalId));
        for (const message of [stranger, { ...stranger, externalId: 'again@x.test' }, friend]) {
          expect(await intake.take(message)).toMatchObject({ fate: 'appended', ticketId });
          expect((await intake.messages(ticketId)).at(-1)).toMatchObject({
            author: 'participant',
            flags: ['sender-unconfirmed'],
          });
        }
        expect(await intake.ticket(ticketId)).toMatchObject({ state: 'pending' });
      },
    );

    it('from somebody who was named in the ticket wakes it', async () => {
      const owner = mail('named-owner@x.test', { others: ['named@x.test'] });
      const { ticketId, externalId } = await answered('named-owner@x.test', owner);
      await intake.take(mail('named@x.test', { thread: { plusTag: externalId.split('.')[0] ?? '' } }));
      expect((await intake.messages(ticketId)).at(-1)).toMatchObject({ author: 'participant', flags: [] });
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'waiting' });
    });

    it('from somebody else to a closed ticket is a ticket of theirs', async () => {
      const { ticketId, externalId } = await answered('done@x.test');
      await intake.desk.sql(`update ticket set state = 'closed', closed_at = now() where id = $1`, [ticketId]);
      const { fate, ticketId: own } = await intake.take(
        mail('passer@x.test', { thread: { references: [externalId] } }),
      );
      expect([fate, own === ticketId]).toEqual(['ticket', false]);
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'closed' });
    });

    it('of somebody who was named in the message counts by its plain reference, of a stranger not', async () => {
      const first = mail('asker@x.test', { others: ['teacher@x.test'] });
      const { ticketId } = await intake.take(first);
      const thread = { references: [first.externalId] };
      expect(await intake.take(mail('teacher@x.test', { thread }))).toMatchObject({ fate: 'appended', ticketId });
      expect(await intake.take(mail('stranger@x.test', { thread }))).toMatchObject({ fate: 'ticket' });
    });

    it('with a number in the subject counts from the requester, and opens a ticket from anybody else', async () => {
      const { ticketId } = await intake.take(mail('numbered@x.test'));
      const { number } = await intake.ticket(ticketId);
      const thread = { subjectNumbers: [number] };
      expect(await intake.take(mail('numbered@x.test', { thread }))).toMatchObject({ fate: 'appended', ticketId });
      const spoofed = await intake.take(mail('spoofer@x.test', { thread }));
      expect(spoofed.fate).toBe('ticket');
      expect(
        await intake.desk.sql(
          `select reason -> 'refused' as refused from decision where inbox_id = $1 and step = 'thread'`,
          [spoofed.inboxId],
        ),
      ).toEqual([{ refused: [{ clue: 'number', why: 'stranger', ticketId }] }]);
    });

    it('with a forged tag opens a ticket that says so', async () => {
      const { externalId } = await answered('forged@x.test');
      const forged = `${externalId.startsWith('b') ? 'c' : 'b'}${externalId.slice(1)}`;
      const { fate, ticketId } = await intake.take(
        mail('forged@x.test', { thread: { references: [`${forged}@desk.test`] } }),
      );
      expect(fate).toBe('ticket');
      expect(await intake.messages(ticketId)).toMatchObject([{ flags: ['reference-not-valid'] }, {}]);
    });
  });

  describe('what no person wrote', () => {
    it('opens no ticket and is kept in the ledger', async () => {
      const { fate, ticketId } = await intake.take(mail('robot@x.test', { automatic: 'system' }));
      expect([fate, ticketId]).toEqual(['automatic', undefined]);
      expect(await intake.desk.sql(`select 1 from requester_address where value = 'robot@x.test'`)).toEqual([]);
    });

    it('is added to the ticket it answers, wakes nobody and gets no answer', async () => {
      const { ticketId, externalId } = await answered('vacation@x.test');
      const before = (await intake.sentTo('vacation@x.test')).length;
      const ended = await intake.take(
        mail('vacation@x.test', { automatic: 'auto-reply', thread: { references: [externalId] } }),
      );
      expect(ended).toMatchObject({ fate: 'automatic', ticketId });
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'pending' });
      expect((await intake.messages(ticketId)).at(-1)).toMatchObject({ author: 'program', automatic: 'auto-reply' });
      expect(await intake.sentTo('vacation@x.test')).toHaveLength(before);
    });

    it('is told from what came over a list or in bulk: a request like any, that nothing answers', async () => {
      for (const automatic of ['list', 'bulk'] as const) {
        const { inboxId, fate, ticketId } = await intake.take(mail(`${automatic}@x.test`, { automatic }));
        expect(fate).toBe('ticket');
        expect(await intake.ticket(ticketId)).toMatchObject({ state: 'waiting' });
        expect(await intake.messages(ticketId)).toMatchObject([{ author: 'requester', automatic }]);
        expect(await intake.sentTo(`${automatic}@x.test`)).toEqual([]);
        expect(
          await intake.desk.sql(
            `select outcome, reason from decision where inbox_id = $1 and step = 'acknowledgement'`,
            [inboxId],
          ),
        ).toEqual([{ outcome: 'none', reason: { why: 'automatic', sentWithinDay: 0 } }]);
      }
    });

    it('is told from an answer over a list, which wakes the ticket', async () => {
      const question = mail('subscriber@x.test', { automatic: 'list' });
      const { ticketId, externalId } = await answered('subscriber@x.test', question);
      const [answer] = await intake.sentTo('subscriber@x.test');
      expect(answer?.message).toMatchObject({ references: [question.externalId], automatic: false });
      const ended = await intake.take(
        mail('subscriber@x.test', { automatic: 'list', thread: { references: [externalId] } }),
      );
      expect(ended).toMatchObject({ fate: 'appended', ticketId });
      expect(await intake.ticket(ticketId)).toMatchObject({ state: 'waiting' });
    });

    it('stops two robots that hide what they are after ten answers a day', async () => {
      for (let n = 0; n < 13; n += 1) await intake.take(mail('pingpong@x.test', { subject: `Re: ${n}` }));
      expect(await intake.sentTo('pingpong@x.test')).toHaveLength(10);
    });

    it('of our own is never taken for a request', async () => {
      const { externalId } = await answered('loop@x.test');
      const ended = await intake.take(
        mail('help@desk.test', { automatic: 'loop', thread: { references: [externalId] } }),
      );
      expect([ended.fate, ended.ticketId]).toEqual(['automatic', undefined]);
    });
  });

  describe('a delivery report', () => {
    it('settles the row it quotes and marks the address', async () => {
      const { externalId, ticketId } = await answered('gone@x.test');
      await intake.desk.sql(`update outbox set state = 'sent' where external_id = $1`, [externalId]);
      const report = {
        externalId: `${externalId}@desk.test`,
        recipient: 'Gone@x.test',
        outcome: 'failed' as const,
        status: '5.1.1',
      };
      const ended = await intake.take(mail('mailer-daemon@x.test', { type: 'report', automatic: 'bounce', report }));
      expect(ended).toMatchObject({ fate: 'report', ticketId });
      expect(
        await intake.desk.sql('select state, reason_code as code from outbox where external_id = $1', [externalId]),
      ).toEqual([{ state: 'failed', code: '5.1.1' }]);
      expect(
        await intake.desk.sql(
          `select unreachable_at is not null as gone from requester_address where value = 'gone@x.test'`,
        ),
      ).toEqual([{ gone: true }]);
      expect(
        await intake.desk.sql(`select 1 as told from event where type = 'delivery.changed' and ticket_id = $1`, [
          ticketId,
        ]),
      ).toHaveLength(1);
    });

    it.each([
      [
        'of a delay changes nothing',
        { recipient: 'delayed@x.test', outcome: 'delayed' as const, status: '4.4.1' },
        'report',
      ],
      [
        'that names somebody else is not believed',
        { recipient: 'victim@x.test', outcome: 'failed' as const },
        'automatic',
      ],
    ])('%s', async (_name, told, fate) => {
      const { externalId } = await answered('delayed@x.test');
      await intake.desk.sql(`update outbox set state = 'sent' where external_id = $1`, [externalId]);
      const ended = await intake.take(
        mail('mailer-daemon@x.test', { type: 'report', automatic: 'bounce', report: { externalId, ...told } }),
      );
      expect(ended.fate).toBe(fate);
      expect(await intake.desk.sql('select state from outbox where external_id = $1', [externalId])).toEqual([
        { state: 'sent' },
      ]);
    });
  });

  it('takes the same item of another mailbox once', async () => {
    const account = await intake.mailbox('copy');
    const item = mail('copied@x.test');
    const first = await intake.put(item, { contentKey: 'same' });
    const second = await intake.put(item, { contentKey: 'same', account });
    const ends = await intake.route([first, second]);
    expect(ends.map(({ fate }) => fate)).toEqual(['ticket', 'duplicate']);
    expect(await intake.desk.sql('select duplicate_of as of from inbox where id = $1', [second])).toEqual([
      { of: first },
    ]);
    expect(await intake.sentTo('copied@x.test')).toHaveLength(1);
  });

  it('closes a ticket that a logged call resolved, with what was done', async () => {
    const call = {
      phoneAsGiven: '101',
      phone: '101',
      direction: 'in' as const,
      medium: 'phone',
      startedAt: '2026-11-01T10:00:00Z',
      resolved: true,
      outcome: 'Выдан логин',
    };
    const { ticketId } = await intake.take(mail('', { call, sender: { addresses: [] } }));
    expect(await intake.ticket(ticketId)).toMatchObject({ state: 'closed' });
    expect(await intake.desk.sql('select 1 from work_item where ticket_id = $1', [ticketId])).toEqual([]);
  });

  describe('a chat', () => {
    it('continues its open ticket, and begins another when that is done', async () => {
      const first = await intake.take(chat(1, 'Не работает камера'));
      expect(await intake.take(chat(1, 'И микрофон'))).toMatchObject({ fate: 'appended', ticketId: first.ticketId });
      await intake.desk.sql(`update ticket set state = 'closed' where id = $1`, [first.ticketId]);
      expect((await intake.take(chat(1, 'Теперь звук'))).fate).toBe('ticket');
    });

    it('opens a new ticket after /new, while an answer to an older message stays with its ticket', async () => {
      const question = chat(2, 'Первое');
      const first = await intake.take(question);
      expect(
        (await intake.take(chat(2, '/new', { type: 'command', command: { name: 'new', argument: '' } }))).fate,
      ).toBe('command');
      expect(await intake.take(chat(2, 'о первом', { thread: { references: [question.externalId] } }))).toMatchObject({
        ticketId: first.ticketId,
      });
      const second = await intake.take(chat(2, 'Второе'));
      expect(second.fate).toBe('ticket');
      expect(await intake.take(chat(2, 'ещё о втором'))).toMatchObject({ ticketId: second.ticketId });
      expect(
        await intake.take(chat(2, 'снова о первом', { thread: { references: [question.externalId] } })),
      ).toMatchObject({ ticketId: first.ticketId });
    });

    it('takes what stands behind /new as the new request', async () => {
      const first = await intake.take(chat(3, 'Первое'));
      const second = await intake.take(
        chat(3, '/new Принтер', { type: 'command', command: { name: 'new', argument: 'Принтер' } }),
      );
      expect(second.fate).toBe('ticket');
      expect(second.ticketId).not.toBe(first.ticketId);
    });

    it('is told its open tickets by /status', async () => {
      const { ticketId } = await intake.take(chat(4, 'Забыл логин'));
      const { number } = await intake.ticket(ticketId);
      await intake.take(chat(4, '/status', { type: 'command', command: { name: 'status', argument: '' } }));
      const answer = (await intake.sentTo('4')).at(-1);
      expect(answer?.message.text).toMatch(new RegExp(`${number}.*Забыл логин.*ждёт специалиста`));
      expect(answer?.automatic).toBe(true);
    });

    it('keeps what was written before an edit', async () => {
      const first = chat(5, 'Не работет');
      const { ticketId, messageId } = await intake.take(first);
      const edit = (text: string) => intake.take(chat(5, text, { type: 'edit', externalId: first.externalId }));
      expect(await edit('Не работает')).toMatchObject({ fate: 'edited', ticketId, messageId });
      expect((await edit('Не работает')).fate).toBe('edited');
      await edit('Не работает вход');
      expect((await intake.messages(ticketId))[0]).toMatchObject({ text: 'Не работает вход', version: 3 });
      expect(
        await intake.desk.sql('select version, text from message_version where message_id = $1 order by version', [
          messageId,
        ]),
      ).toEqual([
        { version: 1, text: 'Не работет' },
        { version: 2, text: 'Не работает' },
      ]);
    });

    it('takes an edit of something unknown as a message, and never an edit by somebody else', async () => {
      const first = chat(6, 'моё');
      const { ticketId } = await intake.take(first);
      expect((await intake.take(chat(7, 'чужое', { type: 'edit', externalId: first.externalId }))).fate).toBe('ticket');
      expect((await intake.messages(ticketId))[0]).toMatchObject({ text: 'моё', version: 1 });
    });

    it('shows an album as one message, in whatever batches its parts come', async () => {
      const part = (text: string) =>
        chat(8, text, {
          thread: { group: 'album-1' },
          attachments: [{ name: 'p.jpg', mediaType: 'image/jpeg', bytes: 1, content: 'aa' }],
        });
      const together = [
        await intake.put(part(''), { orderKey: '8' }),
        await intake.put(part('Вот фото'), { orderKey: '8' }),
      ];
      const [first, second] = await intake.route(together);
      expect([first?.fate, second?.fate]).toEqual(['ticket', 'appended']);
      expect(await intake.take(part(''), { orderKey: '8' })).toMatchObject({
        fate: 'appended',
        messageId: first?.messageId,
      });
      expect((await intake.messages(first?.ticketId)).filter(({ type }) => type === 'inbound')).toMatchObject([
        { text: 'Вот фото' },
      ]);
      expect(await intake.desk.sql('select 1 from attachment where message_id = $1', [first?.messageId])).toHaveLength(
        3,
      );
    });

    it('is answered by its own number when the answer names a message of ours', async () => {
      const { ticketId } = await intake.take(chat(9, 'Первое'));
      await intake.desk.sql(`update outbox set provider_id = '9:77' where ticket_id = $1`, [ticketId]);
      await intake.take(chat(9, '/new', { type: 'command', command: { name: 'new', argument: '' } }));
      await intake.take(chat(9, 'Второе'));
      expect(await intake.take(chat(9, 'ответ', { thread: { references: ['9:77'] } }))).toMatchObject({ ticketId });
    });
  });
});
