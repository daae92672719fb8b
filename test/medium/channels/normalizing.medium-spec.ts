import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type InboundMessage, Refused } from '#libs/contracts';
import type { AccountRow, RawItem } from '#libs/channels';
import type { HostLimits } from '../../../libs/channels/src/host/host-limits.js';
import { eventually } from '../../support/eventually.js';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { aHost } from './kit/a-host.js';
import { rawItem } from './kit/items.js';
import { TalkAdapter } from './kit/talk.adapter.js';

interface Row {
  readonly id: string;
  readonly externalKey: string;
  readonly state: string;
  readonly fate: string | null;
  readonly reason: string | null;
  readonly deaths: number;
  readonly message: InboundMessage | null;
}

describe('normalizing', () => {
  let desk: Desk;
  let account: AccountRow;
  let adapter: TalkAdapter;
  let hosts: ReturnType<typeof aHost>[];
  let n = 0;
  beforeAll(async () => {
    desk = await aDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    n += 1;
    account = await anAccount(desk, `n${n}`);
    adapter = new TalkAdapter();
    hosts = [];
    desk.queue.ids.length = 0;
  });
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
  });

  const aHostHere = async (more: Partial<HostLimits> = {}) => {
    const host = aHost(desk, adapter, more);
    hosts.push(host);
    await host.start();
    return host;
  };
  const put = (items: readonly RawItem[], claimMs = 0) =>
    aHost(desk, adapter).intake.put(account, items, undefined, claimMs);
  const rowsNow = () =>
    desk.query<Row>(
      `select id, external_key as "externalKey", state, fate, reason, parse_deaths as deaths, message from inbox
       where account_id = $1 order by id`,
      [account.id],
    );
  /** The rows of the account once none of them is raw. */
  const normalized = () =>
    eventually(async () => {
      const found = await rowsNow();
      return found.every(({ state }) => state !== 'raw') && found;
    });

  it('makes what a webhook stored ready, with its files in the store, and rings the router', async () => {
    const [stored] = await put([rawItem('1', { text: 'hello', files: ['first', 'second'] })]);
    await aHostHere();
    const [row] = await normalized();
    expect(row).toMatchObject({ state: 'ready', message: { text: 'hello', replyTo: '7' } });
    const files = row!.message!.attachments.map(async ({ content }) => Buffer.from(await desk.files.get(content!)));
    expect((await Promise.all(files)).map(String)).toEqual(['first', 'second']);
    expect(desk.queue.ids).toEqual([['inbound', stored!.id]]);
  });

  it('ends what is not for us as ignored and shows what cannot be read with its raw bytes', async () => {
    const stored = await put(['foreign', 'broken', 'nonsense'].map((text) => rawItem(text, { text })));
    await aHostHere();
    const [foreign, ...unread] = await normalized();
    expect(foreign).toMatchObject({ state: 'done', fate: 'ignored', reason: 'foreign' });
    for (const [at, { state, message }] of unread.entries()) {
      expect(state).toBe('ready');
      expect(message).toMatchObject({ flags: ['unreadable'], attachments: [{ content: stored[at + 1]!.raw }] });
    }
  });

  it('finishes what a host that died had taken in, once, whoever comes', async () => {
    // Committed and acknowledged, then the process ends before it reads anything.
    await put(
      Array.from({ length: 20 }, (_, at) => rawItem(`${at}`)),
      1,
    );
    await Promise.all([aHostHere(), aHostHere()]);
    const rows = await normalized();
    expect(rows.map(({ state }) => state)).toEqual(Array(20).fill('ready'));
    expect(desk.queue.ids.map(([, id]) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  it('comes again to a row whose bytes cannot be read now', async () => {
    const stored = { externalKey: '1', source: {}, raw: 'f'.repeat(64), rawBytes: 1 };
    await desk.raw.put(desk.db, account, [stored], 0);
    await aHostHere();
    const row = await eventually(async () => (await rowsNow()).find(({ reason }) => reason !== null));
    expect(row).toMatchObject({ state: 'raw', reason: 'DeskError' });
  });

  describe('files that have to be fetched', () => {
    const fetched = async (fetching: TalkAdapter['fetching']) => {
      adapter.fetching = fetching;
      await put([rawItem('1', { remote: 'far' })]);
      await aHostHere();
      return (await normalized())[0]!.message!.attachments[0]!;
    };

    it('are fetched, also at the third try', async () => {
      let tries = 0;
      const file = await fetched(async (remote) => {
        tries += 1;
        if (tries < 3) throw new Error('not yet');
        return Buffer.from(`bytes of ${remote}`);
      });
      expect(file).toMatchObject({ bytes: 12, content: expect.any(String) });
      expect(String(Buffer.from(await desk.files.get(file.content!)))).toBe('bytes of far');
    });
    it.each([
      ['unavailable', async () => Promise.reject(new Error('never'))],
      ['unavailable', async () => Promise.reject(new Refused('gone', 'expired'))],
      ['too-large', async () => Promise.reject(new Refused('too-large', '60 MB'))],
      ['too-large', async () => new Uint8Array(101)],
    ])('are marked %s and hold nothing up', async (missing, fetching) => {
      expect(await fetched(fetching)).toMatchObject({ missing });
    });
  });

  describe('in children', () => {
    beforeEach(() => {
      Object.assign(adapter, { normalizer: new URL('./kit/talk-parser.mjs', import.meta.url) });
    });
    const texts = (...given: string[]) => given.map((text, at) => rawItem(`${at} ${text}`, { text, chat: `${at}` }));

    it('reads as at home', async () => {
      await put(texts('hello', 'foreign', 'broken'));
      await aHostHere();
      expect(await normalized()).toMatchObject([
        { state: 'ready', message: { text: 'hello' } },
        { state: 'done', fate: 'ignored', reason: 'foreign' },
        { state: 'ready', message: { flags: ['unreadable'] } },
      ]);
    });

    it('shows what kills or holds up its reader unread, and its neighbours as they are', async () => {
      await put(texts('a', 'hang', 'b', 'die', 'c', 'd', 'e'));
      await aHostHere({ parseMs: 600, parseStallMs: 200 });
      const rows = await normalized();
      expect(rows.map(({ message, deaths }) => [message!.text || message!.flags[0], deaths])).toEqual([
        ['a', 0],
        ['unreadable', 3],
        ['b', 0],
        ['unreadable', 3],
        ['c', 0],
        ['d', 0],
        ['e', 0],
      ]);
    }, 30_000);

    it('survives what eats all memory', async () => {
      await put(texts('bomb', 'flood', 'a'));
      await aHostHere({ parseMs: 20_000, parseStallMs: 500, parseMemoryMiB: 48 });
      expect(await normalized()).toMatchObject([
        { deaths: 3, message: { flags: ['unreadable'] } },
        { deaths: 3, message: { flags: ['unreadable'] } },
        { deaths: 0, message: { text: 'a' } },
      ]);
    }, 60_000);

    it('comes again later when no child can be started', async () => {
      Object.assign(adapter, { normalizer: new URL('./kit/no-such-parser.mjs', import.meta.url) });
      await put(texts('a'));
      await aHostHere();
      const row = await eventually(async () => (await rowsNow()).find(({ reason }) => reason !== null));
      expect(row).toMatchObject({ state: 'raw', deaths: 0 });
    }, 30_000);
  });
});
