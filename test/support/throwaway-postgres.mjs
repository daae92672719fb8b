import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../dist/apps/switchboard/src/embedded/embedded-postgres.factory.js';

const prefix = 'switchboard-test-';

/** A PostgreSQL of our own that forgets everything when the run ends, however it ends. */
export async function throwawayPostgres() {
  sweep();
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  // As root the server runs as another user, who must be let through.
  await chmod(dataDir, 0o755);
  writeFileSync(join(dataDir, 'owner.pid'), String(process.pid));
  const postgres = await startEmbeddedPostgres({ dataDir, fsync: false });
  writeFileSync(join(dataDir, 'folder'), postgres.folder);
  const endAtOnce = () => remove(dataDir);
  process.once('exit', endAtOnce);
  return {
    url: postgres.url,
    async stop() {
      process.off('exit', endAtOnce);
      await postgres.stop();
      remove(dataDir);
    },
  };
}

/** The server outlives its parent: what a killed run left behind is ended by the next one. */
function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    const owner = Number(readIfThere(join(dataDir, 'owner.pid')));
    if (owner > 0 && !isAlive(owner)) remove(dataDir);
  }
}

function remove(dataDir) {
  const folder = readIfThere(join(dataDir, 'folder')) || join(dataDir, 'postgres');
  const [postmaster] = readIfThere(join(folder, 'postmaster.pid')).split('\n');
  if (Number(postmaster) > 0 && isAlive(Number(postmaster))) process.kill(Number(postmaster), 'SIGQUIT');
  for (const path of [folder, dataDir]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}
