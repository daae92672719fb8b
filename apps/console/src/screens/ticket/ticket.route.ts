import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '../../app/desk.route.js';

export const ticketRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: 'tickets/$id',
  component: lazyRouteComponent(() => import('./ticket-screen.js'), 'TicketScreen'),
});
