import { createRoute, redirect } from '@tanstack/react-router';
import { problemCode } from '../api/problem.js';
import { preferences } from './preferences.store.js';
import { followDesk } from '../live/live.store.js';
import { sessionQuery } from '../session/session.query.js';
import { Shell } from '../shell/shell.js';
import { speak } from '../texts/texts.store.js';
import { rootRoute } from './root.route.js';

/** Everything that stands inside the frame, for people who are signed in. Screens hang under it. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: async ({ context: { queries }, location }) => {
    const person = await queries.ensureQueryData(sessionQuery).catch((problem: unknown) => {
      if (problemCode(problem) !== 'unauthenticated') throw problem;
    });
    if (!person) {
      const search = location.href === '/' ? {} : { back: location.href };
      return void redirect({ to: '/sign-in', search, throw: true });
    }
    followDesk();
    await speak(preferences().locale ?? person.locale);
  },
  component: Shell,
});
