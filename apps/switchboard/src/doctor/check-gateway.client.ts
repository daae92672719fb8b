import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AccountReport } from '#libs/channels';
import type { GatewayReport } from './judge-accounts.js';

/** Gateways know their channels; they are asked in a process of their own. */
export const gateways = ['email-gateway', 'messenger-gateway'] as const;

const patienceMs = 60_000;

/** Has a gateway try its accounts. What its process complains of goes to the terminal. */
export function checkGateway(
  gateway: (typeof gateways)[number],
  env: Readonly<Record<string, string | undefined>>,
): Promise<GatewayReport> {
  const main = fileURLToPath(new URL(`../../../${gateway}/src/check-accounts.command.js`, import.meta.url));
  return new Promise((done) => {
    const child = fork(main, [], { env: { ...env, LOG_LEVEL: 'silent' }, timeout: patienceMs });
    let accounts: readonly AccountReport[] | undefined;
    child.on('message', (answer: { accounts?: readonly AccountReport[] }) => (accounts = answer.accounts));
    child.once('error', () => done({ gateway, accounts: undefined }));
    child.once('exit', () => done({ gateway, accounts }));
  });
}
