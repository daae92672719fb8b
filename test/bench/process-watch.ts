import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

interface Seen {
  readonly pid: number;
  readonly parent: number;
  /** Of the process and of its children that have ended, in clock ticks. */
  readonly ticks: number;
}

const ticksPerSecond = 100;

/** CPU time and memory of whole process trees, by Linux's /proc. */
export class ProcessWatch {
  private peakMiB = 0;
  private stopped = false;
  private watching: Promise<void> = Promise.resolve();

  /** `roots` by name: a server or a process of the desk. */
  constructor(private readonly roots: Readonly<Record<string, number>>) {}

  /** CPU milliseconds used until now, by name. */
  async cpuMs(): Promise<Record<string, number>> {
    const all = await processes();
    const used: Record<string, number> = {};
    for (const [name, root] of Object.entries(this.roots)) {
      const ticks = treeOf(all, root).reduce((sum, one) => sum + one.ticks, 0);
      used[name] = (ticks * 1000) / ticksPerSecond;
    }
    return used;
  }

  /** Follows the memory from now on; memory that processes share counts once. */
  follow(): void {
    this.watching = (async () => {
      while (!this.stopped) {
        this.peakMiB = Math.max(this.peakMiB, await this.memoryMiB());
        await delay(250);
      }
    })();
  }

  async peak(): Promise<number> {
    this.stopped = true;
    await this.watching;
    return this.peakMiB;
  }

  private async memoryMiB(): Promise<number> {
    const all = await processes();
    const pids = new Set(Object.values(this.roots).flatMap((root) => treeOf(all, root).map(({ pid }) => pid)));
    const sizes = await Promise.all([...pids].map(shareOf));
    return sizes.reduce((sum, size) => sum + size, 0) / 1024;
  }
}

async function processes(): Promise<Seen[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.filter(Boolean).map(readStat);
}

/** See proc(5): what follows the name in parentheses begins with field 3. */
function readStat(stat: string): Seen {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
  return { pid: Number.parseInt(stat, 10), parent: Number(fields[1]), ticks };
}

function treeOf(all: readonly Seen[], root: number): Seen[] {
  const top = all.filter(({ pid }) => pid === root);
  return [...top, ...all.filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(all, pid))];
}

/** Kilobytes of a process: its own, and its part of what it shares. */
async function shareOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
}
