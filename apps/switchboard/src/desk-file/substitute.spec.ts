import { describe, expect, it } from '@jest/globals';
import { DeskError } from '#libs/platform';
import { substitute } from './substitute.js';

describe('substitute', () => {
  const env = { HOST: 'mail.example.test', PORT: '2525', CODE: '0042x' };

  it('fills references at any depth and leaves everything else alone', () =>
    expect(substitute({ a: ['x-${HOST}', { b: 'plain $HOST', c: null, d: true, e: 7 }] }, env)).toEqual({
      a: ['x-mail.example.test', { b: 'plain $HOST', c: null, d: true, e: 7 }],
    }));

  it('makes a number of a reference that stands alone for one, and of nothing else', () =>
    expect(substitute(['${PORT}', 'port ${PORT}', '${CODE}', '2525'], env)).toEqual([
      2525,
      'port 2525',
      '0042x',
      '2525',
    ]));

  it('names every variable that is not set, with its place', () => {
    const fault = (() => {
      try {
        return substitute({ accounts: [{ password: '${A}' }, { user: '${B}@${HOST}' }] }, env);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(fault).toBeInstanceOf(DeskError);
    expect((fault as DeskError).faults).toEqual([
      { path: 'accounts.0.password', message: { text: 'fault.variable', name: 'A' } },
      { path: 'accounts.1.user', message: { text: 'fault.variable', name: 'B' } },
    ]);
  });
});
