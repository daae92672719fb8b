import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { callRoute } from '../screens/call/call.route.js';
import { ticketRoute } from '../screens/ticket/ticket.route.js';
import { ticketsRoute } from '../screens/tickets/tickets.route.js';
import { wallboardRoute } from '../screens/wallboard/wallboard.route.js';
import { signInRoute } from '../session/sign-in.route.js';
import { deskRoute } from './desk.route.js';
import { readSearch, writeSearch } from './plain-search.js';
import { rootRoute } from './root.route.js';
import './static-data.js';

const startRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  beforeLoad: () =>
    redirect({ to: '/tickets', search: { assignee: 'me', state: ['open', 'pending'] }, replace: true, throw: true }),
});

/** Every screen. A new one is a line here. */
const routeTree = rootRoute.addChildren([
  signInRoute,
  deskRoute.addChildren([startRoute, ticketsRoute, ticketRoute, callRoute, wallboardRoute]),
]);

export function createDeskRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    // Queries keep what was loaded; the router adds no cache of its own.
    defaultPreloadStaleTime: 0,
    parseSearch: readSearch,
    stringifySearch: writeSearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
