import { type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import { preferences, setPreferences, subscribePreferences } from './preferences.store.js';

const scheme = (): MantineColorScheme => {
  const { theme } = preferences();
  return theme === 'system' ? 'auto' : theme;
};

let stop: (() => void) | undefined;

/** Lets the kit follow the preference, wherever it is changed. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: scheme,
  set: (value) => {
    if (value !== scheme()) setPreferences({ theme: value === 'auto' ? 'system' : value });
  },
  subscribe: (onUpdate) => {
    let told = scheme();
    stop = subscribePreferences(() => {
      // The kit sets what it is told; other preferences are none of its business.
      if (told === scheme()) return;
      told = scheme();
      onUpdate(told);
    });
  },
  unsubscribe: () => stop?.(),
  clear: () => setPreferences({ theme: 'system' }),
};

/** What `public/assets/color-scheme.js` did before the first paint, done again after a change. */
export function followPreferences(): void {
  const apply = (): void => {
    document.documentElement.dataset.density = preferences().density;
  };
  apply();
  subscribePreferences(apply);
}
