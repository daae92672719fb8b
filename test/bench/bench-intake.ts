import { benchMails } from './bench-mails.js';
import { benchServers } from './bench-servers.js';
import { type Mailbox, measureDesk } from './measure-desk.js';
import { measureFloor } from './measure-floor.js';

const warm: Mailbox = { address: 'warm@desk.test', count: 1_000 };
const full: Mailbox = { address: 'help@desk.test', count: 2_000 };

export interface IntakeFigures {
  readonly messages: number;
  readonly messagesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of all processes, servers included. */
  readonly cpuMsPerMessage: number;
  readonly cpuMsPerMessageBy: Readonly<Record<string, number>>;
  readonly peakRssMiB: number;
  readonly floorPerSecond: number;
  /** Of the desk's rate to that of the floor. */
  readonly ratio: number;
  readonly fates: Readonly<Record<string, number>>;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** How fast mail becomes assigned tickets on this machine, beside the least that the same mail must cost. */
export async function bench(): Promise<IntakeFigures> {
  say('Starting PostgreSQL, Redis and Dovecot');
  const servers = await benchServers([full.address, warm.address]);
  try {
    const { count } = full;
    const { raws, replies } = benchMails(count, full.address);
    say(`Delivering ${count} mails, ${replies} of them replies, and ${warm.count} to warm up`);
    await servers.dovecot.deliver(raws);
    await servers.dovecot.deliver(benchMails(warm.count, warm.address).raws, warm.address);
    say('The desk takes them in');
    const desk = await measureDesk(servers, warm, full);
    say('The floor');
    const floorPerSecond = count / (await measureFloor(servers, warm, full));
    const messagesPerSecond = count / desk.seconds;
    const perMessage = Object.entries(desk.cpuMs).map(([name, ms]) => [name, rounded(ms / count, 2)] as const);
    return {
      messages: count,
      messagesPerSecond: rounded(messagesPerSecond),
      p50Ms: rounded(desk.p50Ms, 0),
      p99Ms: rounded(desk.p99Ms, 0),
      cpuMsPerMessage: rounded(Object.values(desk.cpuMs).reduce((sum, ms) => sum + ms, 0) / count, 2),
      cpuMsPerMessageBy: Object.fromEntries(perMessage),
      peakRssMiB: rounded(desk.peakRssMiB, 0),
      floorPerSecond: rounded(floorPerSecond),
      ratio: rounded(messagesPerSecond / floorPerSecond, 2),
      fates: desk.fates,
    };
  } finally {
    await servers.close();
  }
}
