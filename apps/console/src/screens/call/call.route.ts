import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '../../app/desk.route.js';
import { working } from '../../session/roles.js';
import { kindsQuery } from './call.query.js';

export const callRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: 'call',
  staticData: { title: 'call.title', roles: working },
  loader: ({ context: { queries } }) => void queries.prefetchQuery(kindsQuery),
  component: lazyRouteComponent(() => import('./call-screen.js'), 'CallScreen'),
});
