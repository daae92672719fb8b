import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locale } from '#libs/contracts';
import { examineDatabase } from '#libs/database';
import { readConfig, text } from '#libs/platform';
import { withDeskDatabase } from '../desk-database.factory.js';
import { keptSecret } from '../kept-secret.store.js';
import { roleEnvironment } from '../roles/role-environment.js';
import { switchboardConfig, type SwitchboardConfig } from '../switchboard.config.js';
import { checkGateway, gateways } from './check-gateway.client.js';
import { type Finding, report } from './finding.js';
import { judgeAccounts } from './judge-accounts.js';
import { judgeMachine } from './judge-machine.js';
import { type DatabaseFacts, judgeDatabase, judgeRedis } from './judge-servers.js';
import { probeFolder, probePort, probeRedis, reasonOf } from './probe.client.js';

type Environment = Readonly<Record<string, string | undefined>>;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Looks at configuration, machine, servers and channels, beside a running desk or without one, and says what to do.
 * It takes nothing in and sends nothing. Gives whether everything is in order. Throws `ConfigError` with all faults.
 */
export async function doctor(env: Environment, say: (line: string) => void): Promise<boolean> {
  const config = readConfig(switchboardConfig, env);
  const locale = config.DESK_LOCALE;
  const findings = [
    ...(await lookAtMachine(config, locale)),
    ...judgeRedis(config.REDIS_URL ? await probeRedis(config.REDIS_URL) : { state: 'none' }, locale),
    ...(await lookAtDesk(config, env, locale)),
  ];
  say(report(findings, locale));
  return findings.every(({ level }) => level !== 'bad');
}

async function lookAtMachine(config: SwitchboardConfig, locale: Locale): Promise<Finding[]> {
  const folder = resolve(config.DATA_DIR);
  const keyFile = join(folder, 'secret.key');
  const facts = {
    node: process.versions.node,
    folder,
    ...(await probeFolder(folder)),
    keyFile,
    keyIsThere: config.SECRET_KEY !== undefined || (await exists(keyFile)),
  };
  return [...judgeMachine(facts, locale), ...(await lookAtPort(config, locale))];
}

async function lookAtPort({ HOST, PORT: port }: SwitchboardConfig, locale: Locale): Promise<Finding[]> {
  if (port === 0) return [];
  const found = await probePort(HOST, port);
  if (found === 'free') return [{ level: 'good', text: text(locale, 'doctor.port.good', { port }) }];
  if (found === 'desk') return [{ level: 'good', text: text(locale, 'doctor.port.desk', { port }) }];
  const advice = text(locale, 'doctor.port.advice');
  return [{ level: 'bad', text: text(locale, 'doctor.port.bad', { port }), advice }];
}

/** Database and accounts. */
const lookAtDesk = async (config: SwitchboardConfig, env: Environment, locale: Locale): Promise<Finding[]> =>
  (await withDeskDatabase(config, (url) => lookInto(url, config, env, locale))) ??
  judgeDatabase({ state: 'none' }, locale);

const lookAtDatabase = (url: string): Promise<DatabaseFacts> =>
  examineDatabase(url).then(
    (found) => ({ state: 'answers', ...found }),
    (fault) => ({ state: 'away', reason: reasonOf(fault) }),
  );

async function lookInto(
  databaseUrl: string,
  config: SwitchboardConfig,
  env: Environment,
  locale: Locale,
): Promise<Finding[]> {
  const facts = await lookAtDatabase(databaseUrl);
  const findings = judgeDatabase(facts, locale);
  const dataDir = resolve(config.DATA_DIR);
  const keyIsThere = config.SECRET_KEY !== undefined || (await exists(join(dataDir, 'secret.key')));
  if (facts.state !== 'answers' || facts.pending || !keyIsThere) return findings;
  const secretKey = config.SECRET_KEY ?? (await keptSecret(dataDir, 'secret.key'));
  const roleEnv = roleEnvironment('email-gateway', env, config, { databaseUrl, secretKey, dataDir });
  const reports = await Promise.all(gateways.map((gateway) => checkGateway(gateway, roleEnv)));
  return [...findings, ...judgeAccounts(reports, locale)];
}
