import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.factory.js';

const canary = 'CANARY';

const logged = (act: (log: ReturnType<typeof createLogger>) => void, format: 'json' | 'pretty' = 'json'): string => {
  const lines: string[] = [];
  act(createLogger({ name: 'test', level: 'trace', format, to: { write: (line) => void lines.push(line) } }));
  return lines.join('');
};

describe('the log', () => {
  it.each([
    ['a body', { body: canary }],
    ['headers of a request', { req: { headers: { cookie: canary } } }],
    ['a password deeper in', { account: { password: canary } }],
    ['an address', { recipient: { address: canary } }],
    ['parameters of a statement', { err: Object.assign(new Error('x'), { parameters: [canary], query: canary }) }],
    ['the detail of a unique violation', { err: Object.assign(new Error('x'), { detail: `(email)=(${canary})` }) }],
    ['a value that PostgreSQL quotes', { err: Object.assign(new Error(`bad: "${canary}"`), { code: '22P02' }) }],
  ])('censors %s', (_what, fields) => {
    const line = logged((log) => log.info(fields, 'fact'));
    expect(line).toContain('fact');
    expect(line).not.toContain(canary);
  });

  it('keeps ids, the code and the frames of an error, and its cause', () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const line = JSON.parse(
      logged((log) => log.error({ err: new Error('outer', { cause }), ticketId: '7' }, 'failed')),
    );
    expect(line).toMatchObject({
      app: 'test',
      ticketId: '7',
      msg: 'failed',
      err: { type: 'Error', message: 'outer', cause: { code: 'ECONNREFUSED' } },
    });
    expect(line.err.stack).toMatch(/^\s+at /);
  });

  it('stays one line, whatever it is told', () => {
    const hostile = '\r\n{"level":60,"msg":"forged"}\u001b[31m';
    expect(logged((log) => log.info({ name: hostile }, hostile)).trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(logged((log) => log.info({ name: hostile }, hostile), 'pretty').trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it('cuts a text that is too long', () => {
    expect(logged((log) => log.info('x'.repeat(1_000_000))).length).toBeLessThan(2200);
  });

  it('is readable for a person', () => {
    const line = logged((log) => log.warn({ context: 'Host', accountId: '3' }, 'no answer'), 'pretty');
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}test \[Host\] no answer accountId="3"\n$/);
  });
});
