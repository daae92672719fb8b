import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import type { Finding } from './finding.js';
import { isBelow } from './judge-machine.js';

const oldestPostgres = '14';
const oldestRedis = '6.2';
/** Settings without which a confirmed request can be lost in a power cut. */
const durable = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

export type DatabaseFacts =
  | { readonly state: 'none' }
  | { readonly state: 'away'; readonly reason: string }
  | {
      readonly state: 'answers';
      /** `18.4` */
      readonly version: string;
      readonly durability: Readonly<Record<string, string>>;
      readonly pending: boolean;
    };

/** What PostgreSQL shows. */
export function judgeDatabase(facts: DatabaseFacts, locale: Locale): Finding[] {
  if (facts.state === 'none') return [finding('note', locale, 'doctor.database.none', 'doctor.database.noneAdvice')];
  if (facts.state === 'away') {
    const advice = text(locale, 'doctor.database.advice');
    return [{ level: 'bad', text: text(locale, 'doctor.database.bad', { reason: facts.reason }), advice }];
  }
  const { version, pending } = facts;
  const old: Finding = {
    level: 'bad',
    text: text(locale, 'doctor.database.old', { version }),
    advice: text(locale, 'doctor.database.oldAdvice', { wanted: oldestPostgres }),
  };
  const good: Finding = { level: 'good', text: text(locale, 'doctor.database.good', { version }) };
  const off = durable.filter((name) => ['off', 'local'].includes(facts.durability[name] ?? 'on'));
  const unsafe: Finding = {
    level: 'bad',
    text: text(locale, 'doctor.database.unsafe', { settings: off.map((name) => `${name}=off`).join(', ') }),
    advice: text(locale, 'doctor.database.unsafeAdvice'),
  };
  const schema: Finding = pending
    ? finding('bad', locale, 'doctor.database.pending', 'doctor.database.pendingAdvice')
    : { level: 'good', text: text(locale, 'doctor.database.current') };
  return [isBelow(version, oldestPostgres) ? old : good, ...(off.length > 0 ? [unsafe] : []), schema];
}

export type RedisFacts =
  | { readonly state: 'none' }
  | { readonly state: 'away'; readonly reason: string }
  | { readonly state: 'answers'; readonly version: string; readonly policy: string | undefined };

/** What Redis shows. */
export function judgeRedis(facts: RedisFacts, locale: Locale): Finding[] {
  if (facts.state === 'none') return [{ level: 'good', text: text(locale, 'doctor.redis.none') }];
  if (facts.state === 'away') {
    const advice = text(locale, 'doctor.redis.advice');
    return [{ level: 'bad', text: text(locale, 'doctor.redis.bad', { reason: facts.reason }), advice }];
  }
  const { version, policy } = facts;
  const first: Finding = isBelow(version, oldestRedis)
    ? {
        level: 'bad',
        text: text(locale, 'doctor.redis.old', { version }),
        advice: text(locale, 'doctor.redis.oldAdvice', { wanted: oldestRedis }),
      }
    : { level: 'good', text: text(locale, 'doctor.redis.good', { version }) };
  if (policy === undefined || policy === 'noeviction') return [first];
  const advice = text(locale, 'doctor.redis.evictsAdvice');
  return [first, { level: 'bad', text: text(locale, 'doctor.redis.evicts', { policy }), advice }];
}

type Plain =
  | 'doctor.database.none'
  | 'doctor.database.noneAdvice'
  | 'doctor.database.pending'
  | 'doctor.database.pendingAdvice';

const finding = (level: Finding['level'], locale: Locale, said: Plain, advice: Plain): Finding => ({
  level,
  text: text(locale, said),
  advice: text(locale, advice),
});
