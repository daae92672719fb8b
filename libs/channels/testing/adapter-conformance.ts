import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inboundMessage, Refused, Retry, Unknown, type OutboundMessage } from '#libs/contracts';
import type { Account, AccountFacts, ChannelAdapter, Inbox, OutboundItem, RawItem } from '#libs/channels';

/**
 * What the provider does with the next sendings. `throttle`: says no for now (429, 4xx). `refuse`: says no for good.
 * `silent`: takes the item and never answers.
 */
export type Behaviour = 'accept' | 'throttle' | 'refuse' | 'silent';

/** A running stand-in of the provider, reached over the real wire. */
export interface OtherSide<Settings> {
  /** An account whose settings point at it. */
  readonly account: Account<Settings>;
  behave(how: Behaviour): void;
  /** How many items it was given in whole so far. */
  delivered(): number;
  close(): Promise<void>;
}

export interface AdapterConformance<Settings> {
  readonly adapter: () => ChannelAdapter<Settings>;
  readonly facts: AccountFacts;
  /** Wire samples that become messages. */
  readonly samples: readonly { readonly name: string; readonly raw: RawItem }[];
  /** Wire samples that are not for us. */
  readonly refused: readonly { readonly name: string; readonly raw: RawItem }[];
  /** Something that can be sent. */
  readonly message: OutboundMessage;
  readonly open: () => Promise<OtherSide<Settings>>;
  /** The delay that `throttle` asks for, where the wire can name one. */
  readonly throttleMs?: number;
}

/** What every adapter must pass: a spec of an adapter is this call and its wire samples. */
export function adapterConformance<Settings>(given: AdapterConformance<Settings>): void {
  const adapter = given.adapter();
  describe(`${adapter.kind} as a channel`, () => {
    normalizing(given);
    splitting(given);
    otherSide(given);
  });
}

function normalizing<Settings>({ adapter, samples, refused, facts }: AdapterConformance<Settings>): void {
  describe('normalize', () => {
    it.each(samples)('gives the same valid message for the same bytes: $name', async ({ raw }) => {
      const first = await adapter().normalize(raw, facts);
      expect(await adapter().normalize(raw, facts)).toEqual(first);
      expect(inboundMessage.parse(first.message)).toEqual(first.message);
      const places = [first.message.html, ...first.message.attachments.map(({ content }) => content)];
      for (const place of places.filter((one) => one?.startsWith('file:'))) {
        expect(first.files[Number(place!.slice('file:'.length))]).toBeDefined();
      }
    });
    if (refused.length > 0)
      it.each(refused)('refuses what is not for us: $name', async ({ raw }) => {
        await expect((async () => adapter().normalize(raw, facts))()).rejects.toBeInstanceOf(Refused);
      });
  });
}

const sentence = 'Ваш логин выдан, пароль придёт отдельной ссылкой. ';
const letters = (text: string): string => text.replace(/\s+/g, '');

function splitting<Settings>({ adapter, message }: AdapterConformance<Settings>): void {
  describe('split', () => {
    it('leaves a short message whole', () => {
      expect(adapter().split({ ...message, attachments: [] })).toEqual([{ ...message, attachments: [] }]);
    });
    it('cuts a long text in order, loses no letter and keeps within the limit', () => {
      const { maxText } = adapter().can;
      const long = sentence.repeat(Math.ceil((Math.min(maxText, 100_000) * 2.5) / sentence.length));
      const parts = adapter().split({ ...message, text: long });
      expect(letters(parts.map(({ text }) => text).join(''))).toBe(letters(long));
      for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(maxText);
    });
    it('sends a text of one endless word too', () => {
      const { maxText } = adapter().can;
      const long = 'щ'.repeat(Math.min(maxText, 100_000) + 1);
      expect(
        adapter()
          .split({ ...message, text: long })
          .map(({ text }) => text)
          .join(''),
      ).toBe(long);
    });
  });
}

const itemOf = (message: OutboundMessage): OutboundItem => ({
  message,
  externalId: 'conformance.k3v9x2m4q7ab',
  createdAt: new Date('2026-03-02T09:30:00Z'),
  file: () => Promise.reject(new Error('the message of the suite has no attachments')),
});

function otherSide<Settings>({ adapter, message, open, throttleMs }: AdapterConformance<Settings>): void {
  describe('with the other side', () => {
    let side: OtherSide<Settings>;
    let fences: number;
    /** What had arrived when the fence was passed. */
    let beforeFence: number;
    beforeEach(async () => {
      side = await open();
      fences = 0;
      beforeFence = -1;
    });
    afterEach(() => side.close());

    const fence = async (): Promise<void> => {
      fences += 1;
      beforeFence = side.delivered();
    };
    const send = (stop: AbortSignal = AbortSignal.timeout(20_000), guard = fence): Promise<unknown> =>
      adapter().send(side.account, itemOf({ ...message, attachments: [] }), guard, stop);

    it('sends one item behind one fence and gives the id of the provider', async () => {
      expect(await send()).toEqual({ providerId: expect.stringMatching(/./) });
      expect([fences, beforeFence, side.delivered()]).toEqual([1, 0, 1]);
    });
    it('sends nothing when the fence stays shut', async () => {
      await expect(send(undefined, () => Promise.reject(new Error('the lease is gone')))).rejects.toThrow();
      expect(side.delivered()).toBe(0);
    });
    it('wants to try again when the other side says later', async () => {
      side.behave('throttle');
      const error = await send().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Retry);
      if (throttleMs !== undefined) expect((error as Retry).afterMs).toBe(throttleMs);
    });
    it('gives up when the other side refuses for good', async () => {
      side.behave('refuse');
      await expect(send()).rejects.toBeInstanceOf(Refused);
    });
    it('calls the outcome unknown when no answer came after the fence', async () => {
      side.behave('silent');
      const patience = new AbortController();
      const sending = send(patience.signal, async () => {
        await fence();
        setTimeout(() => patience.abort(), 300);
      });
      await expect(sending).rejects.toBeInstanceOf(Unknown);
      expect(fences).toBe(1);
    });
    it('tries out an account step by step', async () => {
      const checks = await adapter().verify(side.account, AbortSignal.timeout(10_000));
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    });
    it('stops receiving within a second', async () => {
      const receiver = adapter();
      if (!receiver.receive) return;
      const stop = new AbortController();
      let working!: () => void;
      const works = new Promise<void>((resolve) => (working = resolve));
      const inbox: Inbox = {
        cursor: async () => undefined,
        put: async (items) => items.length,
        report: async (trouble) => void (trouble === undefined && working()),
      };
      const receiving = receiver.receive(side.account, inbox, stop.signal);
      await Promise.race([works, receiving]);
      const from = performance.now();
      stop.abort();
      await receiving;
      expect(performance.now() - from).toBeLessThan(1000);
    });
  });
}
