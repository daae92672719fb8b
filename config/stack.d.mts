/** Top to bottom. */
export const stack: readonly string[];
/** Libs that each app may import. */
export const apps: Readonly<Record<string, readonly string[]>>;
