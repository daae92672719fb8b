/** A route as the HTTP server knows it: `/api/v1/tickets/:id`, `/files/*`. */
export interface KnownRoute {
  readonly method: string;
  readonly url: string;
}

const pattern = (url: string): RegExp => {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}/?$`);
};

/** Answers, for a path that had no route by its method, which methods it has. */
export function allowedMethods(routes: readonly KnownRoute[], path: string): string[] {
  const methods = routes.filter(({ url }) => pattern(url).test(path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}
