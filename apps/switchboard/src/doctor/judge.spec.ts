import { describe, expect, it } from '@jest/globals';
import { report } from './finding.js';
import { judgeAccounts } from './judge-accounts.js';
import { isBelow, judgeMachine } from './judge-machine.js';
import { judgeDatabase, judgeRedis } from './judge-servers.js';

const levels = (findings: readonly { level: string }[]): string[] => findings.map(({ level }) => level);
const safe = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };

describe('isBelow', () => {
  it.each([
    ['20.18.9', '20.19.0', true],
    ['20.19.0', '20.19.0', false],
    ['22.0.0', '20.19.0', false],
    ['15.19', '14', false],
    ['13.2', '14', true],
    ['6.2', '6.2', false],
    ['6.0.16', '6.2', true],
  ])('%s below %s: %p', (version, wanted, below) => expect(isBelow(version, wanted)).toBe(below));
});

describe('judgeMachine', () => {
  const facts = { node: '20.20.2', folder: '/d', free: 40, keyFile: '/d/secret.key', keyIsThere: true };

  it.each([
    ['all is well', facts, ['good', 'good', 'good']],
    ['an old Node.js', { ...facts, node: '18.0.0' }, ['bad', 'good', 'good']],
    ['a full disk', { ...facts, free: 14 }, ['good', 'bad', 'good']],
    ['a folder that cannot be written', { ...facts, folderFault: 'EACCES' }, ['good', 'bad', 'good']],
    ['a first start', { ...facts, keyIsThere: false }, ['good', 'good', 'note']],
  ])('%s', (_name, given, expected) => expect(levels(judgeMachine(given, 'en'))).toEqual(expected));
});

describe('judgeDatabase', () => {
  const answers = { state: 'answers', version: '15.19', durability: safe, pending: false } as const;

  it('finds nothing wrong with a safe server of today', () =>
    expect(levels(judgeDatabase(answers, 'en'))).toEqual(['good', 'good']));

  it.each(['fsync', 'full_page_writes', 'synchronous_commit'] as const)('warns of %s=off', (name) => {
    const findings = judgeDatabase({ ...answers, durability: { ...safe, [name]: 'off' } }, 'en');
    expect(findings[1]).toMatchObject({ level: 'bad', text: expect.stringContaining(`${name}=off`) });
  });

  it('sees an old server, a schema that waits, a server that is away and none at all', () => {
    expect(levels(judgeDatabase({ ...answers, version: '13.1', pending: true }, 'en'))).toEqual(['bad', 'bad']);
    expect(judgeDatabase({ state: 'away', reason: 'refused' }, 'en')[0]?.text).toContain('refused');
    expect(levels(judgeDatabase({ state: 'none' }, 'en'))).toEqual(['note']);
  });
});

describe('judgeRedis', () => {
  it.each([
    [{ state: 'none' } as const, ['good']],
    [{ state: 'away', reason: 'refused' } as const, ['bad']],
    [{ state: 'answers', version: '7.0.15', policy: 'noeviction' } as const, ['good']],
    [{ state: 'answers', version: '7.0.15', policy: 'allkeys-lru' } as const, ['good', 'bad']],
    [{ state: 'answers', version: '6.0.1', policy: undefined } as const, ['bad']],
  ])('%j', (facts, expected) => expect(levels(judgeRedis(facts, 'ru'))).toEqual(expected));
});

describe('judgeAccounts', () => {
  it('names the step that failed in words, and lets the others be', () => {
    const findings = judgeAccounts(
      [
        {
          gateway: 'email-gateway',
          accounts: [
            { channel: 'email', name: 'good', checks: [{ step: 'address', ok: true }] },
            {
              channel: 'email',
              name: 'bad',
              checks: [
                { step: 'receive.connect', ok: true },
                { step: 'receive.login', ok: false, code: 'wrong-password' },
              ],
            },
          ],
        },
      ],
      'en',
    );
    expect(levels(findings)).toEqual(['good', 'bad']);
    expect(findings[1]?.text).toMatch(/"bad", step receive\.login: .*password/i);
  });

  it('says when there are no accounts, and when a gateway could not try them', () => {
    expect(levels(judgeAccounts([{ gateway: 'g', accounts: [] }], 'en'))).toEqual(['note']);
    expect(levels(judgeAccounts([{ gateway: 'g', accounts: undefined }], 'en'))).toEqual(['bad']);
  });
});

describe('report', () => {
  it('puts advice below its finding and counts what is bad', () =>
    expect(
      report(
        [
          { level: 'good', text: 'fine' },
          { level: 'bad', text: 'broken', advice: 'mend it' },
        ],
        'en',
      ),
    ).toBe('✓ fine\n✗ broken\n    mend it\n\n1 fault found.'));
});
