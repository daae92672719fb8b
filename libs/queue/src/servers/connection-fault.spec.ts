import { describe, expect, it } from '@jest/globals';
import { isConnectionFault } from './connection-fault.js';

describe('isConnectionFault', () => {
  it.each([
    [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }), true],
    [new Error('Connection is closed.'), true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error("Stream isn't writeable and enableOfflineQueue options is false"), true],
    [Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }), true],
    [new Error('Missing key for job 4. moveToFinished'), false],
    [Object.assign(new Error('syntax error'), { code: '42601' }), false],
    [undefined, false],
  ])('%s: %s', (error, is) => expect(isConnectionFault(error)).toBe(is));
});
