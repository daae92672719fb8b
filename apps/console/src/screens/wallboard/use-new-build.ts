import { useEffect } from 'react';
import { useLiveStatus } from '../../live/live.store.js';

const entryOf = (page: string): string | undefined => /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1];

/** Builds change while the desk starts anew, which breaks the line; the clock is for desks of many machines. */
const lookMs = 10 * 60_000;
/** A page that is never closed begins afresh twice a day. */
const longestMs = 12 * 3_600_000;

/** Opens the page anew when the desk serves another build than the one that runs here. Never while it does not answer. */
export function useNewBuild(): void {
  const { state } = useLiveStatus();
  useEffect(() => {
    if (state !== 'open') return undefined;
    const look = async (): Promise<void> => {
      const served = entryOf(await (await fetch('/', { cache: 'no-store' })).text());
      const own = document.querySelector('script[type=module][src]')?.getAttribute('src');
      if (served && (served !== own || performance.now() > longestMs)) location.reload();
    };
    const begin = (): void => void look().catch(() => undefined);
    begin();
    const timer = setInterval(begin, lookMs);
    return () => clearInterval(timer);
  }, [state]);
}
