import type { BrowserName, Device, SystemName } from '#libs/access';
import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';

const brands: Readonly<Record<Exclude<BrowserName, 'program' | 'yandex'>, string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  opera: 'Opera',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  vivaldi: 'Vivaldi',
};
const systems: Readonly<Record<SystemName, string>> = {
  android: 'Android',
  chromeos: 'ChromeOS',
  ios: 'iPhone',
  ipados: 'iPad',
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
};

const browserWord = (browser: BrowserName, locale: Locale): string =>
  browser === 'program' || browser === 'yandex' ? text(locale, `device.${browser}`) : brands[browser];

/** What a session was opened with: `Firefox на Windows`. */
export function deviceWords({ browser, system }: Device, locale: Locale): string {
  if (!browser && !system) return text(locale, 'device.unknown');
  const word = browser ? browserWord(browser, locale) : text(locale, 'device.unknownBrowser');
  return system ? text(locale, 'device.on', { browser: word, system: systems[system] }) : word;
}
