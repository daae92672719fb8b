import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root.route.js';

export interface SignInSearch {
  /** Where to go on afterwards. */
  readonly back?: string;
  /** A session ended under somebody's hands. */
  readonly ended?: true;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: ({ back, ended }: Record<string, unknown>): SignInSearch => ({
    ...(typeof back === 'string' && { back }),
    ...(ended === true && { ended }),
  }),
  component: lazyRouteComponent(() => import('./sign-in-page.js'), 'SignInPage'),
});
