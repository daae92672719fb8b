import { describe, expect, it } from '@jest/globals';
import type { AddressProof, PersonAddress } from '#libs/contracts';
import { planIdentity, type KnownAddress } from './plan-identity.js';
import { identityOf } from './requester.js';

const mail = (value: string, proof: AddressProof = 'wrote'): PersonAddress => ({ kind: 'email', value, proof });
const platform = (value: string, proof: AddressProof = 'signed'): PersonAddress => ({ kind: 'platform', value, proof });
const known = (address: PersonAddress, requesterId: string, more: Partial<KnownAddress> = {}): KnownAddress => ({
  ...address,
  unreachable: false,
  requesterId,
  name: null,
  locale: null,
  ...more,
});

describe('identityOf', () => {
  it.each<[string, PersonAddress[], PersonAddress[]]>([
    ['the only address', [mail('a@x')], [mail('a@x')]],
    ['the better proven of two', [mail('a@x', 'none'), platform('7', 'wrote')], [platform('7', 'wrote')]],
    ['the first of two that are merely said', [mail('a@x', 'none'), mail('b@x', 'none')], [mail('a@x', 'none')]],
    [
      'all that are proven by a secret',
      [mail('a@x', 'signed'), platform('7', 'code'), mail('c@x')],
      [mail('a@x', 'signed'), platform('7', 'code')],
    ],
    ['none of nobody', [], []],
  ])('is %s', (_name, addresses, identity) => expect(identityOf({ addresses })).toEqual(identity));
});

describe('planIdentity', () => {
  it('creates one requester for two messages of one new sender', () => {
    const plan = planIdentity(
      [{ addresses: [mail('a@x')], name: 'Anna', locale: 'ru' }, { addresses: [mail('a@x')] }],
      [],
    );
    expect(plan.who).toEqual([{ created: 0 }, { created: 0 }]);
    expect(plan.created).toEqual([{ name: 'Anna', locale: 'ru' }]);
    expect(plan.addresses).toEqual([{ who: { created: 0 }, address: mail('a@x') }]);
  });

  it('makes strangers of two messages without an address', () => {
    const plan = planIdentity([{ addresses: [] }, { addresses: [] }], []);
    expect(plan.who).toEqual([{ created: 0 }, { created: 1 }]);
    expect(plan.addresses).toEqual([]);
  });

  it('recognises a known address and fills what was empty', () => {
    const plan = planIdentity(
      [{ addresses: [mail('a@x')], name: 'Anna', locale: 'en' }],
      [known(mail('a@x'), '5', { locale: 'ru' })],
    );
    expect(plan).toMatchObject({ who: [{ id: '5' }], created: [], addresses: [], merges: [], confirmed: [] });
    expect(plan.filled).toEqual([{ id: '5', name: 'Anna', locale: null }]);
  });

  it('ties a new address to a known requester only when a secret proves both', () => {
    const stored = [known(platform('7'), '5')];
    const signed = planIdentity([{ addresses: [platform('7'), mail('a@x', 'signed')] }], stored);
    expect(signed.addresses).toEqual([{ who: { id: '5' }, address: mail('a@x', 'signed') }]);
    const said = planIdentity([{ addresses: [platform('7'), mail('a@x', 'none')] }], stored);
    expect(said.addresses).toEqual([]);
  });

  it.each<[string, PersonAddress[], object[]]>([
    [
      'merges two requesters whose addresses one secret proves, into the older',
      [platform('7'), mail('a@x', 'code')],
      [{ from: '10', into: '9' }],
    ],
    ['never merges on a claim', [platform('7'), mail('a@x', 'none')], []],
    ['never merges because somebody wrote', [platform('7', 'wrote'), mail('a@x', 'wrote')], []],
  ])('%s', (_name, addresses, merges) => {
    const plan = planIdentity([{ addresses }], [known(platform('7'), '10'), known(mail('a@x'), '9')]);
    expect(plan.merges).toEqual(merges);
  });

  it('gives the merged requester to who was recognised before in the same batch', () => {
    const stored = [known(platform('7'), '10'), known(mail('a@x'), '9')];
    const plan = planIdentity(
      [{ addresses: [platform('7', 'wrote')] }, { addresses: [platform('7'), mail('a@x', 'code')] }],
      stored,
    );
    expect(plan.who).toEqual([{ id: '9' }, { id: '9' }]);
  });

  it('raises a proof, never lowers it, and takes an address that writes as reachable', () => {
    const stored = [
      known(mail('a@x', 'none'), '1'),
      known(mail('b@x', 'code'), '2'),
      known(mail('c@x'), '3', { unreachable: true }),
    ];
    const plan = planIdentity(
      ['a@x', 'b@x', 'c@x'].map((value) => ({ addresses: [mail(value)] })),
      stored,
    );
    expect(plan.confirmed).toEqual([mail('a@x'), mail('c@x')]);
  });
});
