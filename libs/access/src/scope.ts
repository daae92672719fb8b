/** What an API key may do; a key holds any number of them. */
export const scopes = [
  'accounts:manage',
  'audit:read',
  'calls:write',
  'desk:manage',
  'events:read',
  'intake:read',
  'keys:manage',
  'metrics',
  'people:manage',
  'queues:read',
  'specialists:read',
  'specialists:write',
  'tickets:read',
  'tickets:write',
  'webhooks:manage',
] as const;
export type Scope = (typeof scopes)[number];

/** The scopes that this release knows of a stored list: a key may be older or newer than the list above. */
export const knownScopes = (stored: readonly string[]): Scope[] => scopes.filter((scope) => stored.includes(scope));
