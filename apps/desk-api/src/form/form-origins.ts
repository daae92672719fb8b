/** What a browser on another origin must be told before it may use a form. */
export interface CrossOriginAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** The browser only asked whether it may: nothing is done. */
  readonly preflight: boolean;
}

const path = /^\/api\/v1\/forms\/([^/?]{1,100})\/requests(?:[/?]|$)/;

/** Name of the form that a URL is about. */
export function formOf(url: string): string | undefined {
  const [, name] = path.exec(url) ?? [];
  try {
    return name === undefined ? undefined : decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/**
 * The answer to a page of `origin` (Fetch standard, CORS protocol): nothing unless the form names this very origin.
 * No credentials: a form knows its user by the platform's token alone, never by a cookie.
 */
export function crossOriginAnswer(
  method: string,
  origin: string,
  allowed: readonly string[],
): CrossOriginAnswer | undefined {
  if (!allowed.includes(origin)) return undefined;
  const common = { 'access-control-allow-origin': origin, vary: 'Origin' };
  if (method !== 'OPTIONS') {
    return { preflight: false, headers: { ...common, 'access-control-expose-headers': 'Location, Retry-After' } };
  }
  return {
    preflight: true,
    headers: {
      ...common,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
      'access-control-max-age': '600',
    },
  };
}
