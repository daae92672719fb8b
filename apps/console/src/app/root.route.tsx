import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet, useNavigate } from '@tanstack/react-router';
import { Crash } from '../parts/crash-boundary.js';
import { Notice } from '../parts/notice.js';
import { useText } from '../texts/use-text.js';

export interface RouterContext {
  readonly queries: QueryClient;
}

function NoSuchPage() {
  const { say } = useText();
  const navigate = useNavigate();
  const action = { label: say('parts.toStart'), run: () => void navigate({ to: '/' }) };
  return <Notice kind="lost" title={say('parts.notFound')} about={say('parts.notFoundAbout')} action={action} />;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NoSuchPage,
  errorComponent: Crash,
});
