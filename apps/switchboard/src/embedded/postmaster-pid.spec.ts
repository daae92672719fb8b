import { describe, expect, it } from '@jest/globals';
import { readPostmasterPid } from './postmaster-pid.js';

describe('readPostmasterPid', () => {
  it('reads process and port', () =>
    expect(readPostmasterPid('4711\n/data\n1764000000\n54321\n\n127.0.0.1\n  1 2\nready   \n')).toEqual({
      pid: 4711,
      port: 54321,
    }));

  it.each(['', '4711\n', '4711\n/data\n1764\n', 'x\n/data\n1\n5432\n'])('gives nothing for %j', (text) =>
    expect(readPostmasterPid(text)).toBeUndefined(),
  );
});
