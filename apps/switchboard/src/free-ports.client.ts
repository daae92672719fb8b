import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Locale } from '#libs/contracts';
import { StartRefusal } from './start-refusal.js';

export interface WantedPort {
  /** The variable that names it. */
  readonly variable: string;
  readonly host: string;
  /** 0 takes any. */
  readonly port: number;
}

/** A desk that was killed lets go of its ports within this time. */
const patienceMs = 10_000;
const againMs = 250;

/** Whether this process could listen there now. */
export const canListen = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer().once('error', () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });

/** Refuses a start whose ports others have, before anything is begun; waits a little for a desk that is just ending. */
export async function mustBeFree(wanted: readonly WantedPort[], locale: Locale): Promise<void> {
  const until = performance.now() + patienceMs;
  for (const { variable, host, port } of wanted) {
    while (port !== 0 && !(await canListen(host, port))) {
      if (performance.now() > until) throw new StartRefusal(locale, { text: 'start.portTaken', variable, port });
      await pause(againMs);
    }
  }
}
