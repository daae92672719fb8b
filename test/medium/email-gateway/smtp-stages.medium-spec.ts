import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboundItem } from '#libs/channels';
import { outboundMessage, Refused, Retry, Unknown } from '#libs/contracts';
import { anAccount, anAdapter } from './support/adapter.js';
import { breakingSmtp, stages, type Break, type BreakingSmtp, type Stage } from './support/breaking-smtp.js';

// Larger than what the sockets of both sides buffer, so that the body can be cut in its middle.
const file = Buffer.alloc(12 * 1024 * 1024, 'x');
const item = (files = 0): OutboundItem => ({
  message: outboundMessage.parse({
    v: 1,
    to: 'anna@school.test',
    text: 'Здравствуйте!',
    locale: 'ru',
    attachments: Array.from({ length: files }, () => ({
      name: 'x.bin',
      mediaType: 'a/b',
      bytes: file.length,
      content: 'k',
    })),
  }),
  externalId: 'tkv3m2.abcdefghjkmn',
  createdAt: new Date('2026-10-12T07:15:00Z'),
  file: async () => file,
});

let server: BreakingSmtp;
afterEach(() => server.close());

async function sendTo(stage: Stage, stop = new AbortController()): Promise<{ error: unknown; fences: number }> {
  let fences = 0;
  const account = anAccount({ send: { type: 'smtp', host: '127.0.0.1', port: server.port, tls: 'none' } });
  const fence = async (): Promise<void> => void (fences += 1);
  const error = await anAdapter()
    .send(account, item(stage === 'body' ? 1 : 0), fence, stop.signal)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  return { error, fences };
}

const beforeFence: readonly Stage[] = ['greeting', 'ehlo', 'mail', 'rcpt', 'data'];

describe('sending to a server that breaks', () => {
  const cases = stages.flatMap((stage) => (['reset', 'fin'] as Break[]).map((how) => [stage, how] as const));

  it.each(cases)('at the stage %s by %s: unknown exactly when the server may have taken it', async (stage, how) => {
    server = await breakingSmtp(stage, how);
    const { error, fences } = await sendTo(stage);
    expect(error).toBeInstanceOf(stage === 'dot' ? Unknown : Retry);
    expect(server.stored()).toBe(stage === 'dot' ? 1 : 0);
    expect(fences).toBe(beforeFence.includes(stage) ? 0 : 1);
    if (error instanceof Retry) {
      expect(error.scope).toBe(stage === 'greeting' || stage === 'ehlo' ? 'account' : 'message');
    }
  });

  // Not `body`: sockets buffer tens of megabytes, so a silent server and one that takes everything look the same.
  it.each(stages.filter((stage) => stage !== 'body'))(
    'at the stage %s by silence, when the desk is told to stop',
    async (stage) => {
      server = await breakingSmtp(stage, 'silence');
      const stop = new AbortController();
      const sending = sendTo(stage, stop);
      await server.reached;
      stop.abort();
      const { error } = await sending;
      expect(error).toBeInstanceOf(stage === 'dot' ? Unknown : Retry);
      expect(server.stored()).toBe(stage === 'dot' ? 1 : 0);
    },
  );

  it.each([
    ['rcpt', '550 5.1.1 no such user', Refused, { recipientGone: true, code: '5.1.1' }],
    ['rcpt', '451 4.7.1 greylisted', Retry, { scope: 'message' }],
    ['mail', '550 5.7.1 not allowed', Refused, { recipientGone: false }],
    ['data', '554 5.5.1 no', Refused, {}],
    ['dot', '451 4.3.0 later', Retry, { scope: 'message' }],
    ['dot', '554 5.7.1 spam', Refused, { recipientGone: false, code: '5.7.1' }],
    ['greeting', '554 5.3.2 closed', Retry, { scope: 'account' }],
  ] as const)('believes what it answers at the stage %s: %s', async (stage, reply, kind, fields) => {
    server = await breakingSmtp(stage, { reply });
    const { error } = await sendTo(stage);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(fields);
  });

  it('sends no byte of the body when the fence stays shut', async () => {
    server = await breakingSmtp('dot', { reply: '250 ok' });
    const account = anAccount({ send: { type: 'smtp', host: '127.0.0.1', port: server.port, tls: 'none' } });
    const shut = (): Promise<void> => Promise.reject(new Error('lease lost'));
    await expect(anAdapter().send(account, item(), shut, new AbortController().signal)).rejects.toBeInstanceOf(Retry);
    expect(server.stored()).toBe(0);
  });

  it('never signs in without the TLS that was asked for', async () => {
    server = await breakingSmtp('dot', { reply: '250 ok' });
    const account = anAccount({
      send: { type: 'smtp', host: '127.0.0.1', port: server.port, tls: 'starttls', user: 'u', password: 'p' },
    });
    await expect(
      anAdapter().send(account, item(), async () => undefined, new AbortController().signal),
    ).rejects.toMatchObject({ name: 'Retry', scope: 'account' });
    expect(server.stored()).toBe(0);
  });
});
