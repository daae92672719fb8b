import { AuditRepository, AuditVerifier, type Checkpoint, Checkpoints, type ChainVerdict } from '#libs/audit';
import type { Locale } from '#libs/contracts';
import { createDataSource, Database } from '#libs/database';
import { DeskError, readConfig, text } from '#libs/platform';
import { withDeskDatabase } from '../desk-database.factory.js';
import { switchboardConfig } from '../switchboard.config.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Walks the chain of the audit log and says whether it is what was written. `noted`: ends that somebody kept
 * elsewhere, each as `number:hash`. Gives whether all is in order.
 */
export async function verifyAudit(
  env: Environment,
  noted: readonly string[],
  say: (line: string) => void,
): Promise<boolean> {
  const config = readConfig(switchboardConfig, env);
  const locale = config.DESK_LOCALE;
  const anchors = noted.map(readAnchor);
  const verdict = await withDeskDatabase(config, (url) => walk(url, config.DATA_DIR, anchors));
  if (!verdict) {
    say(text(locale, 'chain.none'));
    return false;
  }
  say(tell(verdict, locale));
  return verdict.broken === undefined;
}

async function walk(url: string, dataDir: string, anchors: readonly Checkpoint[]): Promise<ChainVerdict> {
  const source = createDataSource({ url, poolSize: 1, applicationName: 'switchboard audit' });
  const database = new Database(await source.initialize());
  try {
    const checkpoints = new Checkpoints({ DATA_DIR: dataDir });
    return await new AuditVerifier(database, new AuditRepository(), checkpoints).verify(anchors);
  } finally {
    await source.destroy();
  }
}

function tell({ entries, end, checkpoints, broken }: ChainVerdict, locale: Locale): string {
  const hash = end.hash.toString('hex');
  if (!broken) return text(locale, 'chain.good', { entries, checkpoints, seq: end.seq, hash });
  return text(locale, 'chain.broken', { seq: broken.seq, why: text(locale, `chain.why.${broken.why}`) });
}

function readAnchor(value: string): Checkpoint {
  const [, seq, hash] = /^(\d{1,19}):([0-9a-f]{64})$/i.exec(value) ?? [];
  if (!seq || !hash) throw new DeskError('invalid_input', { text: 'refusal.checkpointForm', value });
  return { seq, hash: hash.toLowerCase() };
}
