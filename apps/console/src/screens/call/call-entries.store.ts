import { useSyncExternalStore } from 'react';
import type { CallEntry } from './call-entry.js';

const prefix = 'desk.call.';
const placeOf = (personId: string, key: string): string => `${prefix}${personId}.${key}`;

/** Everything that was kept, by its place; what the browser will not keep lives as long as the page. */
const kept = new Map<string, CallEntry>();
const watchers = new Set<() => void>();
const shown = new Map<string, readonly CallEntry[]>();

function changed(): void {
  shown.clear();
  for (const watcher of watchers) watcher();
}

function take(place: string, text: string | null): void {
  try {
    const entry = JSON.parse(text ?? 'null') as CallEntry | null;
    if (entry?.key && place.endsWith(entry.key)) kept.set(place, entry);
    else kept.delete(place);
  } catch {
    kept.delete(place);
  }
}

try {
  for (const place of Object.keys(localStorage)) if (place.startsWith(prefix)) take(place, localStorage.getItem(place));
} catch {
  // A browser that keeps nothing.
}

addEventListener('storage', ({ key: place, newValue }) => {
  // Another tab cleared everything: somebody signed out there.
  if (place === null) kept.clear();
  else if (place.startsWith(prefix)) take(place, newValue);
  else return;
  changed();
});

/** Calls that a person wrote down at this browser and the desk does not have yet, the first on top. */
export function entriesOf(personId: string): readonly CallEntry[] {
  const own = prefix + personId;
  const entries =
    shown.get(personId) ??
    [...kept]
      .filter(([place]) => place.startsWith(`${own}.`))
      .map(([, entry]) => entry)
      .toSorted((a, b) => a.openedAt - b.openedAt);
  shown.set(personId, entries);
  return entries;
}

/** Keeps an entry, so that neither a crash of the tab nor a lost line loses it. */
export function keepEntry(personId: string, entry: CallEntry): void {
  const place = placeOf(personId, entry.key);
  kept.set(place, entry);
  try {
    localStorage.setItem(place, JSON.stringify(entry));
  } catch {
    // It lives as long as this page.
  }
  changed();
}

export function forgetEntry(personId: string, key: string): void {
  const place = placeOf(personId, key);
  if (!kept.delete(place)) return;
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
  changed();
}

/** Forgets what a person wrote: the next one at this browser must not read it. */
export function forgetEntries(personId: string): void {
  for (const { key } of entriesOf(personId)) forgetEntry(personId, key);
}

/** Entries that wait for the network, or that the desk did not take: what would be lost if they were forgotten. */
export const unsentOf = (personId: string): readonly CallEntry[] =>
  entriesOf(personId).filter(({ body, problem }) => body ?? problem);

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The entries of a person, as they are now. */
export const useEntries = (personId: string): readonly CallEntry[] =>
  useSyncExternalStore(subscribe, () => entriesOf(personId));

const tabPlace = 'desk.call';

/** The entry that this tab is writing; a reload knows it again. */
export function ownKey(): string | null {
  try {
    return sessionStorage.getItem(tabPlace);
  } catch {
    return null;
  }
}

export function setOwnKey(key: string | null): void {
  try {
    if (key) sessionStorage.setItem(tabPlace, key);
    else sessionStorage.removeItem(tabPlace);
  } catch {
    // A reload begins anew.
  }
}
