import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { WordingRepository } from '#libs/tickets';
import { AnIntake, chat, mail } from './an-intake.js';

describe('the words of the desk', () => {
  let intake: AnIntake;
  beforeAll(async () => {
    intake = await AnIntake.open();
  });
  afterAll(() => intake.close());

  const settings = { name: { ru: 'Отдел ИТ', en: 'IT' }, answerWithin: null, acknowledge: true };
  const wordings = () => intake.desk.get(WordingRepository);
  const told = async (from: string): Promise<string[]> =>
    (await intake.sentTo(from)).map(({ message }) => message.text);

  it('reach requesters by their language and channel, from the next request on', async () => {
    const { db } = intake.desk.get(Database);
    await intake.take(mail('before@x.test'));
    await wordings().saveSettings(db, settings);
    await wordings().write(db, 'ru', 'any', 'Всем: {ticket.number}, {desk.name}');
    await wordings().write(db, 'ru', 'email', 'Почта: {ticket.number}');
    await wordings().write(db, 'en', 'telegram', 'Chat: {ticket.number}');
    const { ticketId } = await intake.take(mail('after@x.test', { subject: '{desk.name}' }));
    const { number } = await intake.ticket(ticketId);
    await intake.take(mail('english@x.test', { subject: 'No', text: 'help', sender: { locale: 'en' } }));
    await intake.take(chat(77, 'помогите'));
    expect(await told('after@x.test')).toEqual([`Почта: ${number}`]);
    expect((await told('before@x.test'))[0]).toMatch(/Здравствуйте/);
    expect((await told('english@x.test'))[0]).toMatch(/Hello[\s\S]*\bIT$/);
    expect((await told('77'))[0]).toMatch(/^Всем: \d+, Отдел ИТ$/);
  });

  it('are not said at all when that is switched off, which the decision tells', async () => {
    await wordings().saveSettings(intake.desk.get(Database).db, { ...settings, acknowledge: false });
    const { inboxId } = await intake.take(mail('silent@x.test'));
    expect(await told('silent@x.test')).toEqual([]);
    expect(
      await intake.desk.sql(`select reason ->> 'why' as why from decision where inbox_id = $1 and outcome = 'none'`, [
        inboxId,
      ]),
    ).toEqual([{ why: 'switched-off' }]);
  });
});
