/** Programs that people read with, by what only they say in `User-Agent`; the first that matches is meant. */
const browsers = [
  ['edge', /\bEdg(?:e|A|iOS)?\//],
  ['opera', /\b(?:OPR|OPiOS|OPT|Opera)\//],
  ['yandex', /\bYaBrowser\//],
  ['samsung', /\bSamsungBrowser\//],
  ['vivaldi', /\bVivaldi\//],
  ['firefox', /\b(?:Firefox|FxiOS)\//],
  ['chrome', /\b(?:Chrome|HeadlessChrome|Chromium|CriOS)\//],
  ['safari', /\bVersion\/.*\bSafari\//],
] as const;

const systems = [
  ['ios', /\biPhone|\biPod/],
  ['ipados', /\biPad\b/],
  ['android', /\bAndroid\b/],
  ['chromeos', /\bCrOS\b/],
  ['windows', /\bWindows\b/],
  ['macos', /\bMacintosh\b|\bMac OS X\b/],
  ['linux', /\bLinux\b|\bX11\b/],
] as const;

/** What a session was opened with; `program` is something that is no browser. */
export const browserNames = [...browsers.map(([name]) => name), 'program'] as const;
export type BrowserName = (typeof browsers)[number][0] | 'program';
export const systemNames = systems.map(([name]) => name);
export type SystemName = (typeof systems)[number][0];

export interface Device {
  readonly browser: BrowserName | null;
  readonly system: SystemName | null;
}

/** Longer ones say nothing more. */
const longest = 512;

/** Which browser and system a `User-Agent` claims; a claim, good enough to tell one's own sessions apart. */
export function readDevice(userAgent: string | undefined): Device {
  const claim = (userAgent ?? '').slice(0, longest);
  const find = <Name>(list: readonly (readonly [Name, RegExp])[]): Name | null =>
    list.find(([, sign]) => sign.test(claim))?.[0] ?? null;
  const browser = find<BrowserName>(browsers);
  const isProgram = browser === null && claim !== '' && !claim.startsWith('Mozilla/');
  return { browser: isProgram ? 'program' : browser, system: find(systems) };
}
