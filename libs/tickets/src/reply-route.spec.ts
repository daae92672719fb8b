import { describe, expect, it } from '@jest/globals';
import { chooseRoute, replyChannels, replyRoutes, type Reach, type SendingAccount } from './reply-route.js';

const account = (id: string, channel: string, more: Partial<SendingAccount> = {}): SendingAccount => ({
  id,
  channel,
  enabled: true,
  canReply: true,
  canInitiate: channel === 'email',
  ...more,
});
const mail = { channel: 'email', accountId: '1', replyTo: 'a@x.test', replyFrom: 'help@desk.test' };
const call = { channel: 'phone', accountId: '3', replyTo: null, replyFrom: null };
const form = { channel: 'form', accountId: '4', replyTo: null, replyFrom: null };
const page = { ...form, replyTo: 'user-7' };
const chat = { channel: 'telegram', accountId: '2', to: '555', from: null };
const reach = (more: Partial<Reach> = {}): Reach => ({
  earlier: [],
  addresses: [],
  accounts: [account('1', 'email'), account('2', 'telegram'), account('3', 'phone', { canReply: false })],
  ...more,
});
const address = { kind: 'email', value: 'a@x.test', proof: 'wrote', unreachable: false } as const;

describe('chooseRoute', () => {
  it('answers by the way the request came, from the address that was written to', () =>
    expect(chooseRoute(mail, undefined, reach())).toEqual({
      ok: true,
      route: { channel: 'email', accountId: '1', to: 'a@x.test', from: 'help@desk.test' },
    }));

  it('leaves the answer to a form on its page', () =>
    expect(chooseRoute(page, undefined, reach({ addresses: [address] }))).toEqual({ ok: true, route: undefined }));

  it('answers a form by another way where no page shows the answer', () => {
    const known = reach({ addresses: [address], earlier: [chat] });
    expect(chooseRoute(form, undefined, known)).toEqual({ ok: true, route: chat });
    expect(chooseRoute(form, 'email', known)).toMatchObject({ route: { channel: 'email', to: 'a@x.test' } });
  });

  it('answers a form on the page of the requester who has one by another request', () => {
    const shown = { channel: 'form', accountId: '4', to: 'user-7', from: null };
    const known = reach({ earlier: [chat, shown], accounts: [account('2', 'telegram'), account('4', 'form')] });
    expect(chooseRoute(form, undefined, known)).toEqual({ ok: true, route: shown });
    expect(chooseRoute(form, 'form', known)).toEqual({ ok: true, route: shown });
  });

  it('takes another channel where the requester wrote before', () =>
    expect(chooseRoute(mail, 'telegram', reach({ earlier: [chat] }))).toEqual({ ok: true, route: chat }));

  it('takes an address that the requester wrote from, where the desk may write first', () =>
    expect(chooseRoute(call, 'email', reach({ addresses: [address] }))).toMatchObject({
      route: { channel: 'email', to: 'a@x.test' },
    }));

  it.each([
    ['a call has no answer of its own', call, undefined, reach()],
    ['the requester is not known there', mail, 'telegram', reach()],
    ['there is no such channel', mail, 'pigeon', reach({ earlier: [chat] })],
    [
      'a bot may not write first',
      call,
      'telegram',
      reach({ addresses: [{ ...address, kind: 'telegram', value: '9' }] }),
    ],
    ['the address is a mere claim', call, 'email', reach({ addresses: [{ ...address, proof: 'none' }] })],
    ['the address is dead', call, 'email', reach({ addresses: [{ ...address, unreachable: true }] })],
    ['the account is off', mail, undefined, reach({ accounts: [account('1', 'email', { enabled: false })] })],
    ['the page belongs to the form', mail, 'form', reach()],
    ['a form has no page and the requester is known nowhere', form, undefined, reach()],
    ['a form has no page', form, 'form', reach({ addresses: [address] })],
  ])('refuses when %s', (_, ticket, picked, known) =>
    expect(chooseRoute(ticket, picked, known)).toMatchObject({ ok: false, code: 'no_address_on_channel' }),
  );
});

describe('replyRoutes', () => {
  it('names each channel once, by the newest way', () => {
    const older = { ...chat, to: '1' };
    expect(replyRoutes(reach({ earlier: [chat, older], addresses: [address] })).map((way) => way.to)).toEqual([
      '555',
      'a@x.test',
    ]);
  });
});

describe('replyChannels', () => {
  const known = reach({
    earlier: [chat],
    addresses: [address],
    accounts: [account('1', 'email'), account('2', 'telegram')],
  });

  it.each([
    ['the way the request came first', mail, ['email', 'telegram']],
    ['every way there is where the request came by none', call, ['telegram', 'email']],
    ['the page first', page, ['form', 'telegram', 'email']],
    ['no page that nobody can open', form, ['telegram', 'email']],
  ])('names %s', (_, ticket, channels) => expect(replyChannels(ticket, known)).toEqual(channels));

  it.each([mail, form])('names first what a reply takes that picks none: %j', (ticket) =>
    expect(chooseRoute(ticket, undefined, known)).toMatchObject({
      route: { channel: replyChannels(ticket, known)[0] },
    }),
  );
});
