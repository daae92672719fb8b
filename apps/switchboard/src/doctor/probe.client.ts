import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Redis } from 'ioredis';
import { canListen } from '../free-ports.client.js';
import type { RedisFacts } from './judge-servers.js';

/** Longest wait for a server that is asked. */
const patienceMs = 5_000;

/** What a fault says of itself, for a person. */
export const reasonOf = (fault: unknown): string => {
  const { message, code } = fault as NodeJS.ErrnoException;
  return message || (code ?? String(fault));
};

/** Version and eviction policy of a Redis. */
export async function probeRedis(url: string): Promise<RedisFacts> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: patienceMs, retryStrategy: () => null });
  let reason = '';
  client.on('error', (fault) => (reason = reasonOf(fault)));
  try {
    await client.connect();
    const info = await client.info();
    const value = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];
    return { state: 'answers', version: value('redis_version') ?? '0', policy: value('maxmemory_policy') };
  } catch (fault) {
    return { state: 'away', reason: reason || reasonOf(fault) };
  } finally {
    client.disconnect();
  }
}

/** Whether the data folder can be written (or made), and how much of its disk is free, in per cent. */
export async function probeFolder(path: string): Promise<{ folderFault?: string; free?: number }> {
  try {
    const place = (await stat(path).catch(() => undefined)) ? path : await nearestParent(path);
    await access(place, constants.W_OK | constants.X_OK);
    const { bavail, blocks } = await statfs(place);
    return blocks > 0 ? { free: Math.floor((Number(bavail) / Number(blocks)) * 100) } : {};
  } catch (fault) {
    return { folderFault: reasonOf(fault) };
  }
}

async function nearestParent(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await stat(parent).catch(() => undefined)) ? parent : nearestParent(parent);
}

/** Who has the port: nobody, a desk that answers, or another program. */
export async function probePort(host: string, port: number): Promise<'free' | 'desk' | 'taken'> {
  if (await canListen(host, port)) return 'free';
  const health = await fetch(`http://${host}:${port}/health/live`, { signal: AbortSignal.timeout(patienceMs) }).then(
    (answer) => answer.json() as Promise<{ status?: unknown }>,
    () => undefined,
  );
  return health?.status === 'ok' ? 'desk' : 'taken';
}
