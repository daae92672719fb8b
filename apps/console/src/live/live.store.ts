import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { DeskEvent, LiveCommand, LiveMessage, LiveStatus } from './message.js';
import { StreamClient } from './stream.client.js';
import { workerAddress } from './worker-address.js';

export interface LiveListener {
  /** What happened, a batch at a time. */
  readonly events?: (events: readonly DeskEvent[]) => void;
  /** Too much was missed: load anew. */
  readonly resync?: () => void;
}

const listeners = new Set<LiveListener>();
const watchers = new Set<() => void>();
let status: LiveStatus = { state: 'connecting', since: Date.now() };
let command: ((given: LiveCommand) => void) | undefined;

function hear(message: LiveMessage): void {
  if (message.kind === 'status') {
    ({ status } = message);
    for (const watcher of watchers) watcher();
    return;
  }
  for (const listener of listeners) {
    if (message.kind === 'events') listener.events?.(message.events);
    else listener.resync?.();
  }
}

/** A shared worker where there are some, so that six tabs hold one connection; else a stream of this page alone. */
function open(): (given: LiveCommand) => void {
  if (typeof SharedWorker === 'undefined') {
    const stream = new StreamClient(hear);
    return (given) => stream[given]();
  }
  const worker = new SharedWorker(workerAddress(), { name: 'desk-live', type: 'module' });
  worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => hear(data);
  return (given) => worker.port.postMessage(given);
}

/** Follows the desk from now on. Called when somebody is signed in, as often as one likes. */
export function followDesk(): void {
  if (!command) {
    command = open();
    addEventListener('online', () => command?.('nudge'));
    addEventListener('focus', () => command?.('nudge'));
    addEventListener('pagehide', () => command?.('leave'));
    addEventListener('pageshow', ({ persisted }) => persisted && command?.('follow'));
  }
  command('follow');
}

/** Tries the line at once. */
export const nudgeDesk = (): void => command?.('nudge');

export function onLive(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Whether the desk is followed now, and since when. */
export const useLiveStatus = (): LiveStatus => useSyncExternalStore(subscribe, () => status);

/** Hears events for as long as the component is there; most screens need none of it: queries are refreshed by ids. */
export function useLive(listener: LiveListener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(
    () =>
      onLive({
        events: (events) => latest.current.events?.(events),
        resync: () => latest.current.resync?.(),
      }),
    [],
  );
}
