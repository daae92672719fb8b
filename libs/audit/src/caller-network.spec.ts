import { describe, expect, it } from '@jest/globals';
import { callerNetwork } from './caller-network.js';

describe('callerNetwork', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:aa:bb::1', '2001:db8:aa::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['2001:0DB8:00aa:0:0:0:0:1', '2001:db8:aa::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['::1', '0:0:0::/48'],
    ['unix', null],
    ['', null],
    [undefined, null],
  ])('of %p is %p', (address, network) => expect(callerNetwork(address)).toBe(network));
});
