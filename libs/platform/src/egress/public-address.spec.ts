import { BlockList, isIPv4 } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin, readIp, readNetwork } from './ip-address.js';
import { isPublicAddress, mayReach, readOwnPlaces } from './public-address.js';

const isOpen = (text: string): boolean => {
  const bytes = readIp(text);
  if (!bytes) throw new Error(`${text} was not read`);
  return isPublicAddress(bytes);
};

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fc00::1',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '::127.0.0.1',
  ])('is not %s', (address) => expect(isOpen(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '2a00:1450::1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
  ])('is %s', (address) => expect(isOpen(address)).toBe(true));
});

describe('readIp', () => {
  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1:2',
    ':::',
    '1::2::3',
    'g::1',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
  ])('reads nothing in %j', (text) => expect(readIp(text)).toBeUndefined());

  it('reads every address that Node reads, the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), (text, length) => {
        const bytes = readIp(text);
        expect(bytes).toBeDefined();
        const family = isIPv4(text) ? 'ipv4' : 'ipv6';
        const bits = Math.min(length, family === 'ipv4' ? 32 : 128);
        const list = new BlockList();
        list.addSubnet(family === 'ipv4' ? '172.16.0.0' : '2001:db8::', bits, family);
        const network = readNetwork(`${family === 'ipv4' ? '172.16.0.0' : '2001:db8::'}/${bits}`)!;
        if (bytes?.length === network.bytes.length) expect(isWithin(bytes, network)).toBe(list.check(text, family));
      }),
    );
  });
});

describe('what a desk may reach of its own', () => {
  it.each([
    ['', [], []],
    ['10.0.0.0/8, mail.corp.example', ['10.0.0.0/8'], ['mail.corp.example']],
    ['::1 LOCALHOST', ['::1'], ['localhost']],
  ])('%j', (text, networks, names) =>
    expect(readOwnPlaces(text)).toEqual({ networks: networks.map(readNetwork), names }),
  );

  it.each(['10.0.0.0/33', 'a b_c/', '1.2.3', 'http://x', '*', '-a'])('is not said by %j', (text) =>
    expect(readOwnPlaces(text)).toBeUndefined(),
  );

  it('is a network or a name, and nothing beside it', () => {
    const own = readOwnPlaces('10.0.0.0/8 mail.corp.example')!;
    const may = (host: string, address: string) => mayReach(host, readIp(address)!, own);
    expect(may('anything.example', '10.200.0.1')).toBe(true);
    expect(may('Mail.Corp.example.', '192.168.7.7')).toBe(true);
    expect(may('evil.mail.corp.example', '192.168.7.7')).toBe(false);
    expect(may('anything.example', '192.168.7.7')).toBe(false);
    expect(may('anything.example', '1.1.1.1')).toBe(true);
  });
});
