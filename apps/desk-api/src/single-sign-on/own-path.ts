const inside = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;

/** An address on our own origin to go on to; the front page in the place of any other. */
export function ownPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > 1000 || !inside.test(asked)) return '/';
  const { pathname, search, hash } = new URL(asked, 'http://desk.invalid');
  const path = pathname + search + hash;
  // Once more: `/.//evil.example` has become another host.
  return inside.test(path) ? path : '/';
}

/** The page of signing in, told what it has to say or ask. */
export const signInPath = (facts: Readonly<Record<string, string>>): string =>
  `/sign-in?${new URLSearchParams(facts).toString()}`;
