import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountRow } from '#libs/channels';
import { Refused, Retry } from '#libs/contracts';
import type { HostLimits } from '../../../libs/channels/src/host/host-limits.js';
import { eventually } from '../../support/eventually.js';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { aHost } from './kit/a-host.js';
import { rawItem } from './kit/items.js';
import { stopped, TalkAdapter } from './kit/talk.adapter.js';

describe('ChannelHost', () => {
  let desk: Desk;
  let hosts: ReturnType<typeof aHost>[];
  beforeAll(async () => {
    desk = await aDesk();
  });
  afterAll(() => desk.close());
  beforeEach(() => {
    hosts = [];
  });
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.stop()));
    await desk.query(`delete from inbox`);
    await desk.query(`delete from account`);
    await desk.query(`delete from event`);
  });

  const start = async (adapter: TalkAdapter, more: Partial<HostLimits> = {}) => {
    const host = aHost(desk, adapter, more);
    hosts.push(host);
    await host.start();
    return host;
  };
  const stop = async (host: ReturnType<typeof aHost>) => {
    hosts = hosts.filter((one) => one !== host);
    await host.stop();
  };
  const accountWhen = (name: string, is: (row: AccountRow) => boolean) =>
    eventually(async () => {
      const row = await desk.accounts.byName(desk.db, 'talk', name);
      return row && is(row) && row;
    });
  /** An adapter that tells who receives with which settings, and until when. */
  const telling = (now: string[], name: string) => {
    const adapter = new TalkAdapter();
    adapter.receiving = async (account, inbox, until) => {
      now.push(`${name} ${account.settings.room}`);
      await inbox.report(undefined);
      await stopped(until);
      now.splice(now.indexOf(`${name} ${account.settings.room}`), 1);
    };
    return adapter;
  };

  it('announces its channels with what is secret', async () => {
    await start(new TalkAdapter());
    expect(await desk.channels.get(desk.db, 'talk')).toMatchObject({
      capabilities: { maxText: 10 },
      settingsSchema: { properties: { token: { secret: true } } },
      hook: null,
    });
  });

  it('has started only when its accounts work or show what is wrong', async () => {
    await anAccount(desk, 'slow', { room: 'blue', token: 't' });
    await anAccount(desk, 'wrong', { room: 'red', token: 't' });
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const adapter = new TalkAdapter();
    adapter.receiving = async (account, inbox, until) => {
      if (account.settings.room === 'red') throw new Retry('no such room', { scope: 'account' });
      await opened;
      await inbox.report(undefined);
      await stopped(until);
    };
    let started = false;
    const starting = start(adapter, { openMs: 60_000 }).then(() => (started = true));
    await accountWhen('wrong', ({ state }) => state === 'failing');
    expect(started).toBe(false);
    open();
    await starting;
    expect(await desk.accounts.byName(desk.db, 'talk', 'slow')).toMatchObject({ state: 'running' });
  });

  it('gives the adapter its account and inbox, and goes on from the cursor after a restart', async () => {
    await anAccount(desk, 'a', { room: 'blue', token: 'hush' });
    const seen: unknown[] = [];
    const receiving: TalkAdapter['receiving'] = async (account, inbox, until) => {
      const cursor = await inbox.cursor('main');
      const at = Number(cursor?.position ?? 0);
      const news = await inbox.put([rawItem(`${at}`), rawItem(`${at + 1}`)], {
        name: 'main',
        epoch: '1',
        position: `${at + 1}`,
      });
      seen.push([account.name, account.settings.token, cursor?.position, news]);
      await stopped(until);
    };
    for (let round = 0; round < 2; round += 1) {
      const host = await start(Object.assign(new TalkAdapter(), { receiving }));
      await eventually(async () => seen.length > round);
      await stop(host);
    }
    expect(seen).toEqual([
      ['a', 'hush', undefined, 2],
      ['a', 'hush', '1', 1],
    ]);
    expect((await desk.inbox.counts(desk.db))[0]).toMatchObject({ received: 3 });
    expect(await accountWhen('a', ({ state }) => state === 'running')).toMatchObject({ lastInAt: expect.any(Date) });
  });

  it('lets one of two hosts receive, and the other go on when that one stops', async () => {
    await anAccount(desk, 'a');
    const now: string[] = [];
    const first = await start(telling(now, 'one'));
    await eventually(async () => now.length > 0);
    await start(telling(now, 'two'));
    await desk.accounts.setState(desk.db, (await accountWhen('a', () => true)).id, 'failing');
    expect(now).toEqual(['one r']);
    await stop(first);
    await eventually(async () => now.includes('two r'));
    expect(now).toEqual(['two r']);
  });

  it('stops receiving when its lease is lost', async () => {
    await anAccount(desk, 'a');
    const now: string[] = [];
    await start(telling(now, 'one'), { renewMs: 30 });
    await eventually(async () => now.length > 0);
    await desk.query(`update account set lease = gen_random_uuid(), lease_until = now() + interval '1 hour'`);
    await eventually(async () => now.length === 0);
  });

  it('starts a failing account again and shows why; the others do not notice', async () => {
    await anAccount(desk, 'good');
    await anAccount(desk, 'bad');
    const adapter = new TalkAdapter();
    const errors = [new Retry('the server is away'), new Refused('wrong-password', 'say it again'), new TypeError('x')];
    const runs: string[] = [];
    adapter.receiving = async ({ name }, inbox, until) => {
      runs.push(name);
      const error = name === 'bad' && errors.shift();
      if (error) throw error;
      await inbox.report(undefined);
      await stopped(until);
    };
    const shown: unknown[] = [];
    const starting = start(adapter, { pauseMs: 200 });
    for (const code of ['unreachable', 'wrong-password', 'internal']) {
      const { stateDetail } = await accountWhen('bad', (row) => row.stateCode === code);
      shown.push(stateDetail);
    }
    await accountWhen('bad', ({ state }) => state === 'running');
    await starting;
    expect(shown).toEqual(['the server is away', 'say it again', 'TypeError']);
    expect(runs.filter((name) => name === 'good')).toHaveLength(1);
    expect(await accountWhen('good', () => true)).toMatchObject({ state: 'running' });
    await eventually(async () => {
      const told = await desk.events.after(desk.db, '0', 100);
      return told.filter(({ type }) => type === 'account.changed').length >= 5;
    });
  });

  it('shows the trouble that the adapter reported rather than its error', async () => {
    await anAccount(desk, 'a');
    const adapter = new TalkAdapter();
    adapter.receiving = async (_account, inbox) => {
      await inbox.report({ code: 'second-poller', detail: 'somebody else' });
      throw new Error('conflict');
    };
    await start(adapter);
    expect(await accountWhen('a', ({ state }) => state === 'failing')).toMatchObject({ stateCode: 'second-poller' });
  });

  it('follows what people change: settings, off and on, a new account', async () => {
    await anAccount(desk, 'a', { room: 'red', token: 't' });
    const now: string[] = [];
    await start(telling(now, 'one'));
    await eventually(async () => now.includes('one red'));
    await anAccount(desk, 'a', { room: 'blue', token: 't' });
    await eventually(async () => now.includes('one blue'));
    expect(now).toEqual(['one blue']);
    const declared = { channel: 'talk', name: 'a', settings: { room: 'blue', token: 't' } };
    await desk.service.declare(desk.db, { ...declared, enabled: false });
    await accountWhen('a', ({ state }) => state === 'off');
    await eventually(async () => now.length === 0);
    await desk.service.declare(desk.db, { ...declared, enabled: true });
    await eventually(async () => now.includes('one blue'));
    await anAccount(desk, 'b', { room: 'green', token: 't' });
    await eventually(async () => now.includes('one green'));
  });

  it('shows settings that are wrong by their path, without their value', async () => {
    await anAccount(desk, 'a', { room: 7, token: 'hush' });
    await start(new TalkAdapter());
    const { stateDetail } = await accountWhen('a', ({ stateCode }) => stateCode === 'settings-invalid');
    expect(stateDetail).toBe('room: must be a string');
    expect(stateDetail).not.toContain('hush');
  });
});
