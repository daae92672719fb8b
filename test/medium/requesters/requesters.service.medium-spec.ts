import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressProof, PersonAddress } from '#libs/contracts';
import { RequestersRepository, RequestersService, type Sender } from '#libs/requesters';
import { aDatabase, type TestDatabase } from '../../support/database.js';

const address = (kind: string, value: string, proof: AddressProof = 'wrote'): PersonAddress => ({ kind, value, proof });

describe('RequestersService', () => {
  let store: TestDatabase;
  const requesters = new RequestersRepository();
  const service = new RequestersService(requesters);
  beforeAll(async () => {
    store = await aDatabase();
  });
  afterAll(() => store.close());

  const identify = (...senders: Sender[]) => store.database.transaction((tx) => service.identify(tx, senders));
  const one = async (...addresses: PersonAddress[]): Promise<string> =>
    (await identify({ addresses })).requesterIds[0]!;

  it('gives the same requester for the same address, in one batch and in the next', async () => {
    const mail = address('email', 'anna@x.test');
    const { requesterIds } = await identify(
      { addresses: [mail], name: 'Анна' },
      { addresses: [mail] },
      { addresses: [address('email', 'b@x.test')] },
    );
    expect(requesterIds[0]).toBe(requesterIds[1]);
    expect(requesterIds[2]).not.toBe(requesterIds[0]);
    expect(await one(mail)).toBe(requesterIds[0]);
    expect(await requesters.find(store.db, 'email', 'anna@x.test')).toEqual({
      id: requesterIds[0],
      name: 'Анна',
      locale: null,
    });
  });

  it('fills an empty name and language, and changes none', async () => {
    const mail = address('email', 'fill@x.test');
    const id = await one(mail);
    await identify({ addresses: [mail], name: 'Олег', locale: 'ru' });
    await identify({ addresses: [mail], name: 'Другой', locale: 'en' });
    expect(await requesters.get(store.db, id)).toEqual({ id, name: 'Олег', locale: 'ru' });
  });

  it('merges two requesters whom one secret proves to be the same, and follows it ever after', async () => {
    const byMail = await one(address('email', 'merge@x.test'));
    const byChat = await one(address('telegram', '700'));
    const { requesterIds, merges } = await identify({
      addresses: [address('telegram', '700', 'signed'), address('email', 'merge@x.test', 'code')],
    });
    expect(requesterIds).toEqual([byMail]);
    expect(merges).toEqual([{ from: byChat, into: byMail }]);
    expect(await one(address('telegram', '700'))).toBe(byMail);
    expect((await requesters.roots(store.db, [byChat])).get(byChat)).toBe(byMail);
    expect(await requesters.idsOf(store.db, byChat)).toEqual([byMail, byChat]);
    expect(await requesters.addressesOf(store.db, byChat)).toMatchObject([
      { kind: 'email', proof: 'code' },
      { kind: 'telegram', proof: 'signed' },
    ]);
  });

  it('does not merge on a claim', async () => {
    const victim = await one(address('email', 'victim@x.test'));
    const claimant = await one(address('telegram', '701', 'signed'), address('email', 'victim@x.test', 'none'));
    expect(claimant).not.toBe(victim);
    expect(await requesters.addressesOf(store.db, claimant)).toMatchObject([{ kind: 'telegram' }]);
  });

  it('keeps chains of merges one step long', async () => {
    const ids = [await one(address('k', '1')), await one(address('k', '2')), await one(address('k', '3'))];
    await one(address('k', '2', 'code'), address('k', '3', 'code'));
    await one(address('k', '1', 'code'), address('k', '2', 'code'));
    expect([...(await requesters.roots(store.db, ids)).values()]).toEqual([ids[0], ids[0], ids[0]]);
  });

  it('creates nobody twice when many meet the same new senders at once, in whatever order', async () => {
    const senders = Array.from({ length: 20 }, (_none, n) => ({ addresses: [address('email', `many${n}@x.test`)] }));
    const answers = await Promise.all([
      identify(...senders),
      identify(...[...senders].reverse()),
      identify(...senders),
    ]);
    const [first, second, third] = answers.map(({ requesterIds }) => requesterIds);
    expect(second?.toReversed()).toEqual(first);
    expect(third).toEqual(first);
    const orphans = `select 1 from requester r where merged_into is null and not exists (select from requester_address a where a.requester_id = r.id)`;
    expect(await store.db.query(orphans)).toEqual([]);
  });

  it('survives two merges of the same people at once', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [a, b] = [address('email', `twin${n}@x.test`), address('telegram', `80${n}`)];
      await one(a);
      await one(b);
      const both = [
        { ...a, proof: 'code' as const },
        { ...b, proof: 'signed' as const },
      ];
      const [left, right] = await Promise.all([one(...both), one(...both.toReversed())]);
      expect(left).toBe(right);
    }
  });

  it('marks an address as unreachable until it writes again', async () => {
    const mail = address('email', 'dead@x.test');
    const id = await one(mail);
    await requesters.markUnreachable(store.db, [{ kind: 'email', value: 'dead@x.test', reason: '5.1.1' }]);
    expect(await requesters.addressesOf(store.db, id)).toMatchObject([{ unreachable: true }]);
    await one(mail);
    expect(await requesters.addressesOf(store.db, id)).toMatchObject([{ unreachable: false }]);
  });

  it('looks up who is known without creating anybody', async () => {
    const id = await one(address('email', 'known@x.test'));
    const senders = ['known@x.test', 'unknown@x.test'].map((value) => ({ addresses: [address('email', value)] }));
    expect(await service.known(store.db, senders)).toEqual([id, undefined]);
    expect(await requesters.find(store.db, 'email', 'unknown@x.test')).toBeUndefined();
  });
});
