import type { Locale, QueueId } from '#libs/contracts';
import type { Rule, RuleCondition } from './rule.js';

/** What rules may look at. */
export interface RuleFacts {
  readonly subject: string;
  readonly text: string;
  readonly channel: string;
  readonly account: string;
  /** Kind that the sender chose. */
  readonly requestKind: string | undefined;
  readonly senderDomain: string | undefined;
  readonly locale: Locale;
  /** Queue of the account that the message came by. */
  readonly accountQueueId: QueueId | null;
}

/** The queues and kinds that exist, so that a rule can't send work to nowhere. */
export interface Destinations {
  /** By key, in the order of their positions. */
  readonly queues: ReadonlyMap<string, QueueId>;
  readonly kinds: ReadonlySet<string>;
}

export interface RuleDecision {
  readonly ruleId: string | null;
  readonly kind: string | null;
  readonly queueId: QueueId;
  readonly priority: number;
  /** Where kind and queue come from, and what made the rule apply. */
  readonly reason: {
    readonly rule: string | null;
    readonly matched: Readonly<Record<string, string>>;
    readonly kindBy: 'sender' | 'rule' | null;
    readonly queueBy: 'rule' | 'account' | 'first';
  };
}

/**
 * Kind, queue and priority of a new request: the first rule that applies gives them. A kind that the sender chose
 * wins; without a rule's queue the request goes to the account's, at last to the first of the desk.
 */
export function evaluateRules(rules: readonly Rule[], facts: RuleFacts, to: Destinations): RuleDecision {
  const [firstQueue] = to.queues.values();
  if (firstQueue === undefined) throw new Error('the desk has no queue');
  const { rule, matched } = firstMatch(rules, facts);
  const { kind, kindBy } = kindOf(rule, facts, to);
  const { queueId, queueBy } = queueOf(rule, facts, to) ?? { queueId: firstQueue, queueBy: 'first' as const };
  return {
    ruleId: rule?.id ?? null,
    kind,
    queueId,
    priority: rule?.outcome.priority ?? 0,
    reason: { rule: rule?.name ?? null, matched, kindBy, queueBy },
  };
}

function kindOf(
  rule: Rule | undefined,
  { requestKind }: RuleFacts,
  { kinds }: Destinations,
): { kind: string | null; kindBy: RuleDecision['reason']['kindBy'] } {
  if (requestKind !== undefined && kinds.has(requestKind)) return { kind: requestKind, kindBy: 'sender' };
  const kind = rule?.outcome.kind;
  return kind !== undefined && kinds.has(kind) ? { kind, kindBy: 'rule' } : { kind: null, kindBy: null };
}

function queueOf(rule: Rule | undefined, { accountQueueId }: RuleFacts, { queues }: Destinations) {
  const queueId = rule?.outcome.queue === undefined ? undefined : queues.get(rule.outcome.queue);
  if (queueId !== undefined) return { queueId, queueBy: 'rule' as const };
  return accountQueueId === null ? undefined : { queueId: accountQueueId, queueBy: 'account' as const };
}

function firstMatch(
  rules: readonly Rule[],
  facts: RuleFacts,
): { rule: Rule | undefined; matched: Record<string, string> } {
  const written = plainLetters(`${facts.subject}\n${facts.text}`);
  for (const rule of rules) {
    const matched = match(rule.condition, facts, written);
    if (matched) return { rule, matched };
  }
  return { rule: undefined, matched: {} };
}

type Test = readonly [name: string, wanted: readonly string[] | undefined, holds: (wanted: string) => boolean];

/** What made each part of the condition hold; undefined when one does not. An empty condition holds always. */
function match(condition: RuleCondition, facts: RuleFacts, written: string): Record<string, string> | undefined {
  const tests: readonly Test[] = [
    ['words', condition.words, (word) => written.includes(stem(plainLetters(word)))],
    ['channels', condition.channels, (channel) => channel === facts.channel],
    ['accounts', condition.accounts, (account) => account === facts.account],
    ['kinds', condition.kinds, (kind) => kind === facts.requestKind],
    ['senderDomains', condition.senderDomains, (domain) => isWithin(facts.senderDomain, domain)],
    ['locales', condition.locales, (locale) => locale === facts.locale],
  ];
  const matched: Record<string, string> = {};
  for (const [name, wanted, holds] of tests) {
    if (wanted === undefined) continue;
    const found = wanted.find(holds);
    if (found === undefined) return undefined;
    matched[name] = found;
  }
  return matched;
}

const plainLetters = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ');

/** Russian words are compared without the last letter of their ending: `камера` is found in `камеру`. */
const stem = (word: string): string => (/^[а-я ]{5,}$/.test(word) ? word.replace(/[аеиоуыэюяйь]$/, '') : word);

const isWithin = (domain: string | undefined, wanted: string): boolean =>
  domain !== undefined && (domain === wanted || domain.endsWith(`.${wanted}`));
