import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Device, readDevice } from './device.js';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';

describe('readDevice', () => {
  it.each<[string | undefined, Device['browser'], Device['system']]>([
    [`${windows} ${chrome} Safari/537.36`, 'chrome', 'windows'],
    [`${windows} ${chrome} Safari/537.36 Edg/140.0.0.0`, 'edge', 'windows'],
    [`${windows} ${chrome} Safari/537.36 OPR/120.0.0.0`, 'opera', 'windows'],
    [`${windows} ${chrome} YaBrowser/25.8.0.0 Yowser/2.5 Safari/537.36`, 'yandex', 'windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'firefox', 'linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
      'safari',
      'macos',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'chrome',
      'ios',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'safari',
      'ipados',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'samsung',
      'android',
    ],
    [`Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) ${chrome} Safari/537.36`, 'chrome', 'chromeos'],
    ['curl/8.14.1', 'program', null],
    ['node', 'program', null],
    ['Mozilla/5.0', null, null],
    ['', null, null],
    [undefined, null, null],
  ])('%s is %s on %s', (userAgent, browser, system) => expect(readDevice(userAgent)).toEqual({ browser, system }));

  it('says something of anything, at once', () => {
    fc.assert(fc.property(fc.string(), (claim) => void readDevice(claim)));
    const began = performance.now();
    readDevice(`Mozilla/5.0 ${'Version/ '.repeat(200_000)}`);
    expect(performance.now() - began).toBeLessThan(100);
  });
});
