import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AccountLeasesRepository } from '../../../libs/channels/src/accounts/account-leases.repository.js';
import { announcement } from '../../../libs/channels/src/accounts/announcement.js';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { TalkAdapter } from './kit/talk.adapter.js';

describe('accounts', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await aDesk();
  });
  afterAll(() => desk.close());

  describe('AccountsService', () => {
    it('seals everything until the channel says what is secret, and gives it whole', async () => {
      const row = await anAccount(desk, 'early', { room: 'blue', token: 'hush' });
      expect(row.settings).toEqual({});
      expect(row.secrets).not.toContain('hush');
      expect(desk.service.settings(row)).toEqual({ room: 'blue', token: 'hush' });
    });

    it('shows what is not secret once the channel is announced', async () => {
      await desk.channels.announce(desk.db, announcement(new TalkAdapter()));
      await desk.service.resplit(desk.db, 'talk');
      const row = (await desk.accounts.byName(desk.db, 'talk', 'early'))!;
      expect(row.settings).toEqual({ room: 'blue' });
      expect(desk.service.settings(row)).toEqual({ room: 'blue', token: 'hush' });
    });

    it('changes nothing when the same is declared again, and the version when a secret differs', async () => {
      const first = await anAccount(desk, 'same');
      expect(await anAccount(desk, 'same')).toEqual(first);
      const changed = await anAccount(desk, 'same', { room: 'r', token: 'other' });
      expect(changed).toMatchObject({ id: first.id, version: first.version + 1 });
    });

    it('gives nothing for secrets of another key', async () => {
      const row = await anAccount(desk, 'foreign');
      expect(desk.service.settings({ ...row, secrets: 'v1.AAAA' })).toBeUndefined();
    });
  });

  describe('AccountsRepository', () => {
    it('says whether a state is news', async () => {
      const { id } = await anAccount(desk, 'state');
      const trouble = { code: 'wrong-password', detail: 'no' };
      const news = [
        await desk.accounts.setState(desk.db, id, 'failing', trouble),
        await desk.accounts.setState(desk.db, id, 'failing', trouble),
        await desk.accounts.setState(desk.db, id, 'running'),
      ];
      expect(news).toEqual([true, false, true]);
      expect(await desk.accounts.get(desk.db, id)).toMatchObject({ state: 'running', stateCode: null, version: 1 });
    });

    it('lists by channel and gives own addresses in lower case', async () => {
      const other = { channel: 'other', settings: {}, enabled: true };
      await desk.service.declare(desk.db, { ...other, name: 'a', address: 'Help@Desk.Test' });
      await desk.service.declare(desk.db, { ...other, name: 'b', enabled: false });
      const on = await desk.accounts.list(desk.db, { channels: ['other'], enabled: true });
      expect(on.map(({ name }) => name)).toEqual(['a']);
      expect(await desk.accounts.ownAddresses(desk.db, 'other')).toEqual(['help@desk.test']);
    });
  });

  describe('AccountLeasesRepository', () => {
    const leases = new AccountLeasesRepository();
    const [one, two] = [randomUUID(), randomUUID()];
    const take = (holder: string, ms = 60_000) => leases.take(desk.db, ['leased'], holder, ms);

    it('gives each account to one holder, in shares, again once let go or run out', async () => {
      for (const name of ['a', 'b', 'c', 'd']) {
        await desk.service.declare(desk.db, { channel: 'leased', name, settings: {}, enabled: true });
      }
      const first = await take(one);
      const second = await take(two);
      expect([first.length, second.length]).toEqual([2, 1]);
      expect(new Set([...first, ...second]).size).toBe(3);
      expect((await leases.renew(desk.db, one, 60_000)).sort()).toEqual([...first].sort());

      await leases.release(desk.db, one, first);
      expect(await leases.renew(desk.db, one, 60_000)).toEqual([]);
      // A lease of no time is over as soon as it is taken.
      const over = await take(two, -1);
      expect(over).toHaveLength(2);
      expect(await take(one)).toHaveLength(2);
    });

    it('lets go what was switched off', async () => {
      const { id } = await desk.service.declare(desk.db, { channel: 'off', name: 'a', settings: {}, enabled: true });
      expect(await leases.take(desk.db, ['off'], one, 60_000)).toEqual([id]);
      await desk.service.declare(desk.db, { channel: 'off', name: 'a', settings: {}, enabled: false });
      expect(await leases.renew(desk.db, one, 60_000)).not.toContain(id);
      await desk.service.declare(desk.db, { channel: 'off', name: 'a', settings: {}, enabled: true });
      expect(await leases.take(desk.db, ['off'], two, 60_000)).toEqual([id]);
    });
  });
});
