import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '../../app/desk.route.js';
import { readTicketsSearch } from './tickets-search.js';

export const ticketsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: 'tickets',
  validateSearch: readTicketsSearch,
  staticData: { title: 'tickets.title' },
  component: lazyRouteComponent(() => import('./tickets-screen.js'), 'TicketsScreen'),
});
