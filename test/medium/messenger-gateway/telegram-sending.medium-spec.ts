import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Refused, Retry, Unknown, type OutboundMessage } from '#libs/contracts';
import type { Sent } from '#libs/channels';
import { anHttpProxy, aSocksProxy, type Proxy } from '../../support/bot-api/proxies.js';
import { BotApiEmulator, type Fault } from '../../support/bot-api-emulator.js';
import { aMessage, anAccount, anAdapter, anItem, openFence } from './a-bot.js';

let server: BotApiEmulator;
beforeEach(async () => {
  server = await BotApiEmulator.start();
  server.chats.userOpens(42);
});
afterEach(() => server.close());

const files = {
  jpeg: Buffer.from([0xff, 0xd8, 0xff, 1]),
  notJpeg: Buffer.from('<svg/>'),
  pdf: Buffer.from('%PDF-1.7'),
};
const file = (content: keyof typeof files, name: string, mediaType = 'image/jpeg') => ({
  name,
  mediaType,
  bytes: files[content].length,
  content,
});
const send = (message: OutboundMessage, settings = {}, fence = openFence): Promise<Sent> =>
  anAdapter().send(anAccount(server, settings), anItem(message, files), fence, AbortSignal.timeout(10_000));
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('sending by Telegram', () => {
  it('shows marks, and answers the message that was answered', async () => {
    const [question] = server.userSends({ chat: 42, text: 'как?' });
    const text = '**Так:** [вход](https://x.test) & `код`';
    const sent = await send(aMessage({ text, references: ['7:1', `42:${question}`, 'mail@x.test'] }));
    expect(server.accepted).toMatchObject([
      {
        chat: 42,
        text: 'Так: вход & код',
        replyTo: question,
        entities: [{ type: 'bold' }, { type: 'text_link', url: 'https://x.test' }, { type: 'code' }],
      },
    ]);
    expect(sent.providerId).toBe(`42:${server.accepted[0]?.messageId}`);
  });

  it('answers though the message that is answered is gone', async () => {
    await send(aMessage({ references: ['42:999999'] }));
    expect(server.accepted).toHaveLength(1);
  });

  it('sends a text of 9,000 characters in order, none too long', async () => {
    const text = Array.from({ length: 900 }, (_, index) => `строка ${String(index).padStart(3, '0')}`).join('\n');
    for (const part of anAdapter().split(aMessage({ text }))) await send(part);
    expect(server.accepted.map((part) => part.text).join('\n')).toBe(text);
  });

  it('sends a photo with the text under it', async () => {
    const message = aMessage({ text: '*Вот*', attachments: [file('jpeg', 'экран.jpg')] });
    expect(anAdapter().split(message)).toEqual([message]);
    await send(message);
    expect(server.accepted).toMatchObject([
      {
        method: 'sendPhoto',
        text: 'Вот',
        file: { name: 'экран.jpg', bytes: files.jpeg },
        entities: [{ type: 'italic' }],
      },
    ]);
  });

  it('sends a file that only calls itself a photo as a file', async () => {
    await send(aMessage({ attachments: [file('notJpeg', 'a.jpg')] }));
    expect(server.accepted).toMatchObject([{ method: 'sendDocument', file: { name: 'a.jpg' }, text: 'Готово' }]);
  });

  it('sends many files as albums behind the text, photos apart', async () => {
    const [question] = server.userSends({ chat: 42, text: 'вопрос' });
    const photos = Array.from({ length: 12 }, (_, index) => file('jpeg', `${index}.jpg`));
    const message = aMessage({
      attachments: [...photos, file('pdf', 'a"b\n.pdf', 'application/pdf')],
      references: [`42:${question}`],
    });
    for (const part of anAdapter().split(message)) await send(part);
    expect(server.accepted.map(({ method }) => method)).toEqual([
      'sendMessage',
      ...Array.from({ length: 12 }, () => 'sendMediaGroup'),
      'sendDocument',
    ]);
    expect(new Set(server.accepted.slice(1, 13).map(({ album }) => album)).size).toBe(2);
    expect(server.accepted.map(({ replyTo }) => replyTo)).toEqual([
      question,
      ...Array.from({ length: 13 }, () => undefined),
    ]);
    expect(server.accepted.at(-1)?.file?.name).toBe('a_b_.pdf');
  });

  it('keeps a file that is too large to itself', async () => {
    const attachment = { ...file('pdf', 'a.pdf'), bytes: 51 * 1024 * 1024 };
    expect(await failureOf(send(aMessage({ attachments: [attachment] })))).toMatchObject({ code: 'file-too-large' });
    expect(server.calls).toEqual([]);
  });

  it('sends the bare words when the server does not take the marks', async () => {
    server.fail({ status: 400, description: "Bad Request: can't parse entities: Unsupported start tag" });
    let fences = 0;
    await send(aMessage({ text: '**Готово**' }), {}, async () => void (fences += 1));
    expect(server.accepted).toMatchObject([{ text: 'Готово', entities: [] }]);
    expect(fences).toBe(1);
  });

  const refusals: [string, Fault, Partial<Refused>][] = [
    ['blocked', { status: 403 }, { code: 'blocked', recipientGone: true }],
    [
      'deactivated',
      { status: 403, description: 'Forbidden: user is deactivated' },
      { code: 'deactivated', recipientGone: true },
    ],
    [
      'unknown chat',
      { status: 400, description: 'Bad Request: chat not found' },
      { code: 'chat-not-found', recipientGone: true },
    ],
    [
      'any other no',
      { status: 400, description: 'Bad Request: BUTTON_INVALID' },
      { code: 'rejected', recipientGone: false },
    ],
  ];
  it.each(refusals)('gives up: %s', async (_, fault, expected) => {
    server.fail(fault);
    const error = await failureOf(send(aMessage()));
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject(expected);
  });

  it('learns from the server that the person blocked the bot', async () => {
    server.chats.userBlocks(42);
    expect(await failureOf(send(aMessage()))).toMatchObject({ code: 'blocked', recipientGone: true });
  });

  it.each([
    ['a limit', { status: 429, retryAfter: 30 }, { message: 'too-many-requests', afterMs: 30_000, scope: 'account' }],
    ['a token that is not taken', { status: 401 }, { message: 'wrong-token', scope: 'account' }],
  ] as [string, Fault, Partial<Retry>][])('waits with the whole bot: %s', async (_, fault, expected) => {
    server.fail(fault);
    const error = await failureOf(send(aMessage()));
    expect(error).toBeInstanceOf(Retry);
    expect(error).toMatchObject(expected);
  });

  it.each([
    ['the connection broke before the server did it', 'drop-before'],
    ['the connection broke after the server did it', 'drop-after'],
    ['the server says 502', { status: 502 }],
  ] as [string, Fault][])('leaves to a person what may have arrived: %s', async (_, fault) => {
    server.fail(fault);
    expect(await failureOf(send(aMessage()))).toBeInstanceOf(Unknown);
  });

  it.each([
    ['nobody listens', 'http://127.0.0.1:9'],
    ['the name is unknown', 'http://nowhere.invalid'],
    ['it is not TLS that answers', undefined],
  ])('tries again, the fence untouched, when %s', async (_, apiRoot = server.url.replace('http:', 'https:')) => {
    let fences = 0;
    const error = await failureOf(send(aMessage(), { apiRoot }, async () => void (fences += 1)));
    expect(error).toBeInstanceOf(Retry);
    expect(error).toMatchObject({ message: 'unreachable', scope: 'message' });
    expect(fences).toBe(0);
  });

  it('shows the token, the text and the chat in no error', async () => {
    const faults: Fault[] = [
      { status: 401 },
      { status: 429, retryAfter: 1 },
      { status: 403 },
      { status: 400 },
      { status: 502 },
      'drop-before',
    ];
    for (const fault of faults) {
      server.fail(fault);
      const seen = inspect(await failureOf(send(aMessage({ text: 'мой пароль' }))), { depth: 10, showHidden: true });
      for (const secret of [server.token, 'мой пароль', 'chat_id']) expect(seen).not.toContain(secret);
    }
  });
});

describe('Telegram through a proxy', () => {
  let proxy: Proxy;
  afterEach(() => proxy.close());

  it('goes through an HTTP proxy with a password', async () => {
    proxy = await anHttpProxy();
    await send(aMessage(), { proxy: `http://user:secret@127.0.0.1:${proxy.port}` });
    expect(proxy.tunnels).toEqual([new URL(server.url).host]);
    expect(server.accepted).toHaveLength(1);
  });

  it('goes through a SOCKS proxy', async () => {
    proxy = await aSocksProxy();
    await send(aMessage(), { proxy: `socks5://127.0.0.1:${proxy.port}` });
    expect(proxy.tunnels).toEqual([new URL(server.url).host]);
    expect(server.accepted).toHaveLength(1);
  });

  it('tries again when the proxy refuses, and tells no password', async () => {
    proxy = await anHttpProxy();
    const error = await failureOf(send(aMessage(), { proxy: `http://user:wrongpass@127.0.0.1:${proxy.port}` }));
    expect(error).toBeInstanceOf(Retry);
    expect(inspect(error, { depth: 10 })).not.toContain('wrongpass');
    expect(server.accepted).toEqual([]);
  });
});

describe('trying a bot out', () => {
  const verify = (settings = {}) => anAdapter().verify(anAccount(server, settings), AbortSignal.timeout(10_000));

  it('names the bot', async () => {
    expect(await verify()).toEqual([{ step: 'sign-in', ok: true, detail: '@desk_bot' }]);
  });
  it('tells a wrong token from an unreachable server', async () => {
    expect(await verify({ token: `1:${'x'.repeat(35)}` })).toMatchObject([{ ok: false, code: 'wrong-token' }]);
    expect(await verify({ apiRoot: 'http://127.0.0.1:9' })).toMatchObject([{ ok: false, code: 'unreachable' }]);
  });
});
