import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { deskRoute } from '../../app/desk.route.js';
import { isOnTv, readWallboardSearch } from './wallboard-search.js';

export const wallboardRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: 'wallboard',
  validateSearch: readWallboardSearch,
  staticData: { title: 'wallboard.title', isBare: isOnTv },
  component: lazyRouteComponent(() => import('./wallboard-screen.js'), 'WallboardScreen'),
});
