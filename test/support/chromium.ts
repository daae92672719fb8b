import { type Browser, chromium } from 'playwright-core';
import { onPath } from './on-path.js';

const path = await onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** Whether there is a browser on this machine; without one the tests in a browser are skipped. */
export const hasChromium = path !== undefined;

if (!hasChromium) {
  process.stderr.write('No Chromium here: tests in a browser are skipped. On Debian: apt-get install chromium\n');
}

/** The system's own Chromium, unseen. */
export function aBrowser(): Promise<Browser> {
  // As root, as in a container, Chromium has no sandbox; it opens nothing but the desk of the test.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: path ?? '', args });
}
