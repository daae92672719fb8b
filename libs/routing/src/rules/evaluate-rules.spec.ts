import { describe, expect, it } from '@jest/globals';
import { evaluateRules, type RuleFacts } from './evaluate-rules.js';
import { ruleDeclaration, type Rule, type RuleCondition, type RuleOutcome } from './rule.js';

const to = {
  queues: new Map([
    ['first-line', '1'],
    ['access', '2'],
  ]),
  kinds: new Set(['access', 'library']),
};
const facts = (more: Partial<RuleFacts> = {}): RuleFacts => ({
  subject: '',
  text: '',
  channel: 'email',
  account: 'help',
  requestKind: undefined,
  senderDomain: undefined,
  locale: 'ru',
  accountQueueId: null,
  ...more,
});
const rule = (condition: RuleCondition, outcome: RuleOutcome, id = '1'): Rule => ({
  id,
  name: `rule ${id}`,
  condition,
  outcome,
});

describe('evaluateRules', () => {
  it.each<[string, RuleCondition, Partial<RuleFacts>, boolean]>([
    ['a word in the subject', { words: ['пароль'] }, { subject: 'Забыл ПАРОЛЬ' }, true],
    ['a word with another ending', { words: ['пароль'] }, { text: 'не помню пароля' }, true],
    ['a word in another case', { words: ['камера'] }, { text: 'Не вижу камеру' }, true],
    ['the beginning of a word', { words: ['регистрац'] }, { text: 'повторная регистрация' }, true],
    ['е for ё', { words: ['отчёт'] }, { text: 'где мой отчет' }, true],
    ['ё for е', { words: ['отчет'] }, { text: 'где мой отчёт' }, true],
    ['words over a line break', { words: ['sign in'] }, { text: 'I can not sign\n in' }, true],
    ['one of several words', { words: ['login', 'пароль'] }, { text: 'my login' }, true],
    ['no word', { words: ['пароль'] }, { text: 'библиотека' }, false],
    ['the channel', { channels: ['telegram', 'email'] }, {}, true],
    ['another channel', { channels: ['telegram'] }, {}, false],
    ['the account', { accounts: ['help'] }, {}, true],
    ['the chosen kind', { kinds: ['library'] }, { requestKind: 'library' }, true],
    ['no chosen kind', { kinds: ['library'] }, {}, false],
    ['the sender’s domain', { senderDomains: ['school.test'] }, { senderDomain: 'school.test' }, true],
    ['a subdomain', { senderDomains: ['school.test'] }, { senderDomain: 'mail.school.test' }, true],
    ['a domain that only ends alike', { senderDomains: ['school.test'] }, { senderDomain: 'preschool.test' }, false],
    ['the language', { locales: ['en'] }, { locale: 'en' }, true],
    ['all parts together', { words: ['пароль'], channels: ['email'] }, { text: 'пароль' }, true],
    ['one part too few', { words: ['пароль'], channels: ['form'] }, { text: 'пароль' }, false],
    ['nothing asked', {}, {}, true],
  ])('weighs %s', (_name, condition, given, applies) => {
    const decision = evaluateRules([rule(condition, { queue: 'access' })], facts(given), to);
    expect(decision.ruleId).toBe(applies ? '1' : null);
    expect(decision.queueId).toBe(applies ? '2' : '1');
  });

  it('takes the first rule that applies, whole', () => {
    const rules = [
      rule({ words: ['пароль'] }, { kind: 'access', priority: 3 }, '1'),
      rule({}, { kind: 'library', queue: 'access', priority: 9 }, '2'),
    ];
    const decision = evaluateRules(rules, facts({ text: 'пароль' }), to);
    expect(decision).toMatchObject({ ruleId: '1', kind: 'access', queueId: '1', priority: 3 });
    expect(decision.reason).toEqual({ rule: 'rule 1', matched: { words: 'пароль' }, kindBy: 'rule', queueBy: 'first' });
  });

  it('lets the kind that the sender chose win, when there is such a kind', () => {
    const rules = [rule({}, { kind: 'access' })];
    expect(evaluateRules(rules, facts({ requestKind: 'library' }), to)).toMatchObject({
      kind: 'library',
      reason: { kindBy: 'sender' },
    });
    expect(evaluateRules(rules, facts({ requestKind: 'gone' }), to)).toMatchObject({
      kind: 'access',
      reason: { kindBy: 'rule' },
    });
  });

  it('falls back on the account’s queue, then on the first', () => {
    expect(evaluateRules([], facts({ accountQueueId: '2' }), to)).toMatchObject({
      queueId: '2',
      reason: { queueBy: 'account' },
    });
    expect(evaluateRules([rule({}, { queue: 'gone' })], facts(), to)).toMatchObject({
      queueId: '1',
      reason: { queueBy: 'first' },
    });
  });

  it('cannot decide for a desk without queues', () =>
    expect(() => evaluateRules([], facts(), { queues: new Map(), kinds: new Set() })).toThrow('no queue'));
});

describe('ruleDeclaration', () => {
  it.each([
    { name: 'x', when: { word: ['a'] }, then: {} },
    { name: 'x', when: { words: [] }, then: {} },
    { name: 'x', when: { words: ['a'] }, then: {} },
    { name: 'x', when: {}, then: { prio: 1 } },
    { name: 'x', when: { locales: ['de'] }, then: {} },
    { name: '', when: {}, then: {} },
  ])('refuses %j', (given) => expect(ruleDeclaration.safeParse(given).success).toBe(false));
});
