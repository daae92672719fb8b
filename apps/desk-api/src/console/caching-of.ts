/** How long browsers may keep a file: one whose name tells its content for ever, another for an hour. */
export const cachingOf = (name: string): string =>
  /-[\w-]{8}\.\w+$/.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
