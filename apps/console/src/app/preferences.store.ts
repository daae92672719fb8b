import { useSyncExternalStore } from 'react';

/** What a person chose about the look and feel. Kept in this browser; nothing about anybody else is. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'cosy' | 'compact';
  /** Null: as the profile says, and before sign-in as the browser says. */
  readonly locale: 'ru' | 'en' | null;
  /** Shortcuts of one letter; those with Ctrl or Alt work always. */
  readonly letterKeys: boolean;
}

const standard: Preferences = { theme: 'system', density: 'cosy', locale: null, letterKeys: true };
const place = 'desk.preferences';
const listeners = new Set<() => void>();

function kept(): Preferences {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>) };
  } catch {
    return standard;
  }
}

let current = kept();

export const preferences = (): Preferences => current;

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choices, and a way to change some. */
export const usePreferences = (): [Preferences, typeof setPreferences] => [
  useSyncExternalStore(subscribePreferences, preferences),
  setPreferences,
];
