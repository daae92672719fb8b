import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoleProcess } from '../../../apps/switchboard/src/roles/role-process.service.js';

/** Each start of the script under test shows here as a connection that carries the number of its process. */
const callingScript = (port: number): string => `
  const { connect } = require('node:net');
  const call = connect(${port}, '127.0.0.1', () => { call.write(String(process.pid)); process.send({ ready: true, port: 7 }); });
  process.on('SIGTERM', () => process.exit(0));
`;

describe('RoleProcess', () => {
  let home: string;
  let server: Server;
  const roles: RoleProcess[] = [];
  const said: string[] = [];

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'role-'));
    server = createServer((call) => call.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    said.length = 0;
  });
  afterEach(async () => {
    for (const role of roles.splice(0)) await role.stop();
    await new Promise((done) => server.close(done));
    await rm(home, { recursive: true });
  });

  const role = async (script: string): Promise<RoleProcess> => {
    const main = join(home, 'main.cjs');
    await writeFile(main, script);
    const made = new RoleProcess({ name: 'router', main, env: {}, locale: 'en', say: (line) => said.push(line) });
    roles.push(made);
    return made;
  };
  const nextStart = async (): Promise<number> => {
    const [call] = (await once(server, 'connection')) as [Socket];
    const [pid] = (await once(call, 'data')) as [Buffer];
    return Number(pid.toString());
  };

  it('waits until the role says that it is ready and gives its port', async () => {
    const started = await role(callingScript((server.address() as AddressInfo).port));
    expect(await started.start()).toBe(7);
  });

  it('refuses when the role ends before it is ready', async () => {
    const failing = await role('process.exit(3)');
    await expect(failing.start()).rejects.toThrow('router ended before it was ready (code 3)');
  });

  it('starts a killed role again and says so, and not one that was stopped', async () => {
    const killed = await role(callingScript((server.address() as AddressInfo).port));
    const first = nextStart();
    await killed.start();
    const second = nextStart();
    process.kill(await first, 'SIGKILL');
    expect(await second).not.toBe(await first);
    expect(said).toEqual(['router ended (SIGKILL); starting it again in 0.5 s']);
    await killed.stop();
    expect(said).toHaveLength(1);
  });
});
