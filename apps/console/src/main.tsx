import './app/styles.js';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { handleKey } from './actions/actions.store.js';
import { colorSchemeManager, followPreferences } from './app/color-scheme.store.js';
import { preferences } from './app/preferences.store.js';
import { createQueries } from './app/queries.js';
import { createDeskRouter } from './app/router.factory.js';
import { theme } from './app/theme.js';
import { refreshQueries } from './live/refresh.store.js';
import { toastProblem } from './parts/toasts.js';
import type { Say } from './texts/text-key.js';
import { firstLocale, speak } from './texts/texts.store.js';

const queries = createQueries({
  signedOut: () => {
    if (location.pathname === '/sign-in') return;
    const back = location.pathname + location.search;
    // Nothing may be taken from under the screen: it is left first.
    void router.navigate({ to: '/sign-in', search: { back, ended: true } }).then(() => queries.clear());
  },
  refused: (problem) => toastProblem(problem, i18next.t as unknown as Say),
});
const router = createDeskRouter(queries);

refreshQueries(queries);
followPreferences();
addEventListener('keydown', handleKey);
await speak(firstLocale(preferences().locale, navigator.languages));

const place = document.getElementById('desk');
if (!place) throw new Error('The page has no place for the desk');
createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
