type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What pages show in place of a secret; sent back, it means "as it was". */
export const secretMask = '********';

/** Paths of the settings that are kept sealed (`receive.password`): what is in `full` and not in `open`. */
export function secretPaths(full: Tree, open: Tree, prefix = ''): string[] {
  return Object.entries(full).flatMap(([key, value]) => {
    if (!Object.hasOwn(open, key)) return [prefix + key];
    const shown = open[key];
    return isTree(value) && isTree(shown) ? secretPaths(value, shown, `${prefix}${key}.`) : [];
  });
}

/**
 * New settings with the secrets that their sender left out, because nobody can read them, or sent back masked.
 * `null` takes a secret away; a part that became another type (`receive.type`) keeps none of the old one's.
 */
export function keepSecrets(given: Tree, full: Tree, open: Tree): Tree {
  const sameType = given['type'] === undefined || given['type'] === open['type'];
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const [old, shown] = [full[key], open[key]];
    if (isTree(value) && isTree(old)) kept[key] = keepSecrets(value, old, isTree(shown) ? shown : {});
    else if (value === secretMask) kept[key] = sameType ? old : undefined;
    else if (value !== null) kept[key] = value;
  }
  const left = Object.keys(full).filter((key) => !Object.hasOwn(open, key) && !Object.hasOwn(given, key));
  if (sameType) for (const key of left) kept[key] = full[key];
  return kept;
}
