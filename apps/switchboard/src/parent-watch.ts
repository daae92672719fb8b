import { environment } from './switchboard.config.js';

const everyMs = 1_000;

/**
 * Calls `gone` when `npm start` is no more that runs this process: a desk that nobody can stop any more must not
 * hold its folder and ports. A desk that was started without npm belongs to whoever it was left to.
 */
export function onNpmGone(gone: () => void): void {
  if (environment.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, everyMs);
  timer.unref();
}
