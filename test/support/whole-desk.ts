import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';

const main = fileURLToPath(new URL('../../dist/apps/switchboard/src/main.js', import.meta.url));

export interface WholeDesk {
  /** Where console and API answer. */
  readonly url: string;
  readonly smtpPort: number;
  /** All-scope API key. */
  readonly key: string;
  /** Everything that it printed until now. */
  printed(): string;
  /** SIGTERM, and the status it ended with. */
  stop(): Promise<number | null>;
  /** SIGKILL to the launcher alone, as the machine's out-of-memory killer does. */
  kill(): Promise<void>;
}

/** Runs the built launcher to its end; for starts that must be refused. */
export async function runLauncher(env: NodeJS.ProcessEnv): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [main, 'start'], { env: { PATH: process.env.PATH, ...env } });
  const said = collect(child);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, said: said() };
}

/** The whole desk as `npm start` runs it, on free ports; resolves when its banner stands. */
export async function aWholeDesk(env: NodeJS.ProcessEnv & { DATA_DIR: string }): Promise<WholeDesk> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const key = 'sbk_e2e_5f0c9a7be2d14c3f8a6b1d2e';
  const child = spawn(process.execPath, [main, 'start'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DEMO_SMTP_PORT: String(smtpPort),
      BOOTSTRAP_API_KEY: key,
      DESK_LOCALE: 'en',
      ...env,
    },
  });
  const printed = collect(child);
  await untilBanner(child, printed);
  return {
    url: `http://127.0.0.1:${port}`,
    smtpPort,
    key,
    printed,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

function collect(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return () => said;
}

function untilBanner(child: ChildProcess, printed: () => string): Promise<void> {
  return new Promise((done, failed) => {
    const look = (): void => void (printed().includes('Ctrl+C') && done());
    child.stdout?.on('data', look);
    child.once('close', (status) => failed(new Error(`The desk ended with status ${status}:\n${printed()}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}
