import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewOutbox } from '#libs/channels';
import { Refused, Retry, Unknown } from '#libs/contracts';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { aHost } from './kit/a-host.js';
import { newOutbox, outbound } from './kit/items.js';
import { stopped, TalkAdapter } from './kit/talk.adapter.js';

describe('Outbound', () => {
  let desk: Desk;
  let accountId: string;
  let adapter: TalkAdapter;
  let n = 0;
  let key: string;
  beforeAll(async () => {
    desk = await aDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    n += 1;
    key = `k${n}`;
    accountId = (await anAccount(desk, key)).id;
    adapter = new TalkAdapter();
    desk.queue.ids.length = 0;
  });

  const wish = (text: string, more: Partial<NewOutbox> = {}) =>
    newOutbox(accountId, `${key}-${text}`, { message: outbound(text), orderKey: key, ...more });
  const add = (...wishes: NewOutbox[]) => desk.outbox.add(desk.db, wishes);
  const handle = (ids: readonly string[], sendMs = 10_000) =>
    aHost(desk, adapter, { sendMs }).outbound.handle('talk', ids);
  const row = (id: string) => desk.outbox.get(desk.db, id);

  it('sends long texts in parts and what follows after them, by one ring', async () => {
    const [long] = await add(wish('one two three four', { messageId: '77' }), wish('next'));
    await handle([long!]);
    expect(adapter.sent).toEqual(['one two th', 'ree four', 'next']);
    expect(await desk.outbox.byMessages(desk.db, ['77'])).toMatchObject([
      { part: 1, parts: 2, state: 'sent', externalId: `x-${key}-one two three four` },
      { part: 2, parts: 2, state: 'sent', originId: long, providerId: expect.stringContaining('.2') },
    ]);
  });

  it('opens a sealed text only to send it, and never splits it', async () => {
    const secret = 'a link that lets somebody in';
    const message = { ...outbound(''), sealedText: desk.secrets.seal(secret) };
    const [sealed] = await add(wish('sealed', { message }));
    await handle([sealed!]);
    expect(adapter.sent).toEqual([secret]);
    expect(JSON.stringify(await desk.query(`select outbox::text from outbox`))).not.toContain(secret);
    const [damaged] = await add(wish('damaged', { message: { ...message, sealedText: 'v1.AAAA' } }));
    await handle([damaged!]);
    expect(await row(damaged!)).toMatchObject({ state: 'failed', reasonCode: 'sealed' });
    expect(adapter.sent).toEqual([secret]);
  });

  it('sends many orders at the same time, each in its order, nothing twice', async () => {
    const wishes = Array.from({ length: 40 }, (_, at) => wish(`${at % 10}.${at}`, { orderKey: `${key}-${at % 10}` }));
    const ids = await add(...wishes);
    await Promise.all([handle(ids), handle([...ids].reverse()), handle(ids.slice(20))]);
    // What one of them found in another's hands is brought again by the dispatcher.
    for (let left = await due(); left.length > 0; left = await due()) await handle(left);
    expect([...adapter.sent].sort()).toEqual(wishes.map(({ message }) => message.text).sort());
    for (let order = 0; order < 10; order += 1) {
      const numbers = adapter.sent.filter((text) => text.startsWith(`${order}.`)).map((text) => Number(text.slice(2)));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });
  const due = async () => {
    await desk.query(`update outbox set enqueued_at = null where account_id = $1`, [accountId]);
    return aHost(desk, adapter).outbound.due('talk', 100);
  };

  it.each([
    ['a later', new Retry('busy', { afterMs: 60_000 }), { state: 'queued', reason: 'busy', reasonCode: 'later' }],
    ['a refusal', new Refused('blocked', 'no'), { state: 'failed', reason: 'no', reasonCode: 'blocked' }],
    ['an unknown end', new Unknown('silence'), { state: 'unknown', reasonCode: 'no-answer' }],
    ['a surprise', new TypeError('words of the message'), { state: 'unknown', reason: 'TypeError' }],
  ])('records %s', async (_what, error, end) => {
    adapter.sending = async (_item, fence) => {
      await fence();
      throw error;
    };
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ ...end, attempts: 1 });
  });

  it('tries again what failed in a surprising way before the fence', async () => {
    adapter.sending = () => Promise.reject(new TypeError('no socket'));
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ state: 'queued', reason: 'TypeError' });
  });

  it.each([
    [true, 'unknown'],
    [false, 'queued'],
  ])('leaves an adapter that never answers behind (past the fence: %p)', async (fenced, state) => {
    adapter.sending = async (_item, fence) => {
      if (fenced) await fence();
      return new Promise(() => undefined);
    };
    const [id] = await add(wish('a'));
    await handle([id!], 200);
    expect(await row(id!)).toMatchObject({ state });
  });

  it('tells an adapter when its time is over', async () => {
    adapter.sending = async (_item, fence, stop) => {
      await fence();
      await stopped(stop);
      throw new Unknown('hung up');
    };
    const [id] = await add(wish('a'));
    await handle([id!], 100);
    expect(await row(id!)).toMatchObject({ state: 'unknown', reason: 'hung up' });
  });

  it('sends nothing when its lease was lost before the fence', async () => {
    adapter.sending = async ({ message }, fence) => {
      await desk.query(`update outbox set lease = gen_random_uuid() where account_id = $1`, [accountId]);
      await fence();
      adapter.sent.push(message.text);
      return { providerId: 'p' };
    };
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(adapter.sent).toEqual([]);
    // Somebody else has it: we do not touch it.
    expect(await row(id!)).toMatchObject({ state: 'sending' });
  });

  it('opens the fence once', async () => {
    adapter.sending = async (_item, fence) => {
      await fence();
      await fence();
      return { providerId: 'p' };
    };
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ state: 'unknown' });
  });

  it('holds an account in trouble, shows that, and goes on after a probe', async () => {
    const good = adapter.sending;
    let tries = 0;
    adapter.sending = async () => {
      tries += 1;
      throw new Retry('wrong-password: say it again', { scope: 'account' });
    };
    const ids = await add(...['a', 'b', 'c'].map((text) => wish(text, { orderKey: `${key}-${text}` })));
    await handle([ids[0]!]);
    await handle(ids);
    expect(tries).toBe(1);
    expect(await desk.accounts.get(desk.db, accountId)).toMatchObject({
      state: 'failing',
      stateCode: 'wrong-password',
      stateDetail: 'say it again',
      holdUntil: expect.any(Date),
    });
    const endHold = () =>
      desk.query(
        `with held as (update account set hold_until = now() where id = $1)
        update outbox set next_at = now() where account_id = $1`,
        [accountId],
      );
    await endHold();
    await handle(ids);
    expect(tries).toBe(2);
    await endHold();
    adapter.sending = good;
    await handle(ids);
    expect(adapter.sent).toEqual(['a']);
    expect(await desk.accounts.get(desk.db, accountId)).toMatchObject({ state: 'running', holdUntil: null });
    await handle(await aHost(desk, adapter).outbound.due('talk', 100));
    expect(adapter.sent.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('reports a destination that is gone as if the provider had said so later', async () => {
    adapter.sending = () => Promise.reject(new Refused('blocked', 'bot was blocked', { recipientGone: true }));
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ state: 'failed', reasonCode: 'blocked' });
    const [job, inboxId] = desk.queue.ids[0]!;
    expect(job).toBe('inbound');
    const [ready] = await desk.inbox.takeReady(desk.db, [inboxId]);
    expect(ready).toMatchObject({
      accountId,
      message: {
        type: 'report',
        report: { externalId: `x-${key}-a`, recipient: '7', outcome: 'failed', status: 'blocked' },
      },
    });
  });

  it('waits for an account whose settings are wrong', async () => {
    await anAccount(desk, key, { room: 7 });
    const [id] = await add(wish('a'));
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ state: 'queued', reason: 'settings-invalid' });
  });

  it('goes on with what a sender that died had not begun', async () => {
    const [id] = await add(wish('a'));
    await desk.sending.keepWhole(desk.db, [id!]);
    await desk.sending.claim(desk.db, [id!], -1);
    const left = await aHost(desk, adapter).outbound.due('talk', 100);
    expect(left).toContain(id);
    await handle([id!]);
    expect(await row(id!)).toMatchObject({ state: 'sent', attempts: 2 });
  });
});
