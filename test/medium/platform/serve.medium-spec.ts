import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

const main = join(import.meta.dirname, 'served-app.mjs');
const complete = { DATABASE_URL: 'postgres://127.0.0.1/none', SECRET_KEY: 'ab'.repeat(32), DESK_LOCALE: 'en' };
const children: ChildProcess[] = [];

interface Message {
  readonly port: number;
}

interface Served {
  readonly child: ChildProcess;
  readonly messages: readonly Message[];
  readonly said: () => string;
  message(name: string): Promise<Message>;
  ended(): Promise<number | null>;
}

function start(env: Record<string, string>): Served {
  const child = fork(main, [], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  const messages: Message[] = [];
  let said = '';
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const silent = Promise.all(streams.map((stream) => once(stream, 'end')));
  child.on('message', (message) => messages.push(message as Message));
  const exit = once(child, 'exit');
  return {
    child,
    messages,
    said: () => said,
    async message(name) {
      for (;;) {
        const found = messages.find((message) => name in message);
        if (found) return found;
        await once(child, 'message');
      }
    },
    async ended() {
      await silent;
      return ((await exit) as [number | null])[0];
    },
  };
}

const live = async (port: number): Promise<number> => (await fetch(`http://127.0.0.1:${port}/health/live`)).status;

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('serve', () => {
  it('tells its launcher the port once it answers there', async () => {
    const { port } = await start(complete).message('ready');
    expect(await live(port)).toBe(200);
  });

  it('opens no port before the launcher says so, when it is told to wait', async () => {
    const served = start({ ...complete, START_GATE: 'ipc' });
    await served.message('initialised');
    expect(served.messages).toEqual([{ initialised: true }]);
    served.child.send({ open: true });
    expect(await live((await served.message('ready')).port)).toBe(200);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well on %s, finishing the request it has', async (signal) => {
    const served = start(complete);
    const { port } = await served.message('ready');
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await live(port);
    served.child.kill(signal);
    expect(await (await answer).json()).toEqual({ done: true });
    expect(await served.ended()).toBe(0);
  });

  it('ends when its launcher is gone', async () => {
    const served = start(complete);
    await served.message('ready');
    served.child.disconnect();
    expect(await served.ended()).toBe(0);
  });

  it('ends when its launcher is gone before the port was opened', async () => {
    const served = start({ ...complete, START_GATE: 'ipc' });
    await served.message('initialised');
    served.child.disconnect();
    expect(await served.ended()).toBe(0);
  });

  it('ends with status 2 and every fault of the configuration in words', async () => {
    const served = start({ DESK_LOCALE: 'en', LOG_LEVEL: 'loud', HEALTH_PORT: '70000' });
    expect(await served.ended()).toBe(2);
    expect(served.said()).toBe(
      [
        'Configuration: 4 faults',
        '  DATABASE_URL: is required',
        '  SECRET_KEY: is required',
        '  LOG_LEVEL: must be one of: fatal, error, warn, info, debug, trace, silent',
        '  HEALTH_PORT: is too big: at most 65535\n',
      ].join('\n'),
    );
  });

  it('reads a secret from a file', async () => {
    const file = join(tmpdir(), `served-${process.pid}.key`);
    await writeFile(file, `${complete.SECRET_KEY}\n`);
    const { SECRET_KEY: _, ...rest } = complete;
    expect(await start({ ...rest, SECRET_KEY_FILE: file }).message('ready')).toBeDefined();
    const served = start({ ...rest, SECRET_KEY_FILE: '/nowhere' });
    expect(await served.ended()).toBe(2);
    expect(served.said()).toContain('SECRET_KEY_FILE: the file /nowhere cannot be read');
  });

  it('ends with status 1 and one sentence when the port is taken', async () => {
    const other: Server = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const served = start({ ...complete, HEALTH_PORT: String(port) });
    expect(await served.ended()).toBe(1);
    expect(served.said().split('\n').at(-2)).toBe(
      `served cannot start: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    );
    other.close();
  });
});
