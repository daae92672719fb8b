import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActions } from '../actions/actions.store.js';
import { preferences, setPreferences } from '../app/preferences.store.js';
import { usePerson } from '../session/session.query.js';
import { useSignOut } from '../session/use-sign-out.js';
import { useText } from '../texts/use-text.js';
import { places } from './navigation.js';

const isDark = (): boolean => document.documentElement.dataset.mantineColorScheme === 'dark';

/** What can be done from everywhere. */
export function useGeneralActions(openLayer: (layer: 'palette' | 'keys') => void): void {
  const { say } = useText();
  const { role } = usePerson();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = useSignOut();
  const group = say('shell.general');
  const go = places
    .filter(({ roles }) => roles.includes(role))
    .map(({ id, label, keys, link }) => ({
      id: `go.${id}`,
      group: say('shell.go'),
      title: label(say),
      ...(keys && { keys: [keys].flat() }),
      run: () => void navigate(link),
    }));
  useActions([
    ...go,
    {
      id: 'palette',
      group,
      title: say('actions.palette'),
      keys: ['Ctrl+KeyK'],
      inPalette: false,
      run: () => openLayer('palette'),
    },
    { id: 'keys', group, title: say('actions.cheatSheet'), keys: ['Shift+Slash'], run: () => openLayer('keys') },
    {
      id: 'theme',
      group,
      title: say('shell.toggleTheme'),
      run: () => setPreferences({ theme: isDark() ? 'light' : 'dark' }),
    },
    {
      id: 'density',
      group,
      title: `${say('shell.density')}: ${say(`shell.densities.${preferences().density === 'cosy' ? 'compact' : 'cosy'}`)}`,
      run: () => setPreferences({ density: preferences().density === 'cosy' ? 'compact' : 'cosy' }),
    },
    { id: 'refresh', group, title: say('parts.retry'), inPalette: false, run: () => void queries.invalidateQueries() },
    { id: 'sign-out', group, title: say('session.signOut'), run: signOut },
  ]);
}
