const page = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The console names the script of its worker by it; nobody else makes one.
  'trusted-types desk-worker',
];
const data = "default-src 'none'; frame-ancestors 'none'";

/** Headers of every answer, by its media type; a handler that needs others sets them itself and is left alone. */
export function securityHeaders(mediaType: string, overTls: boolean): Readonly<Record<string, string>> {
  const isPage = mediaType.startsWith('text/html');
  const shared = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(overTls && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
  if (!isPage) return { ...shared, 'content-security-policy': data };
  return {
    ...shared,
    'content-security-policy': [...page, ...(overTls ? ['upgrade-insecure-requests'] : [])].join('; '),
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
  };
}
