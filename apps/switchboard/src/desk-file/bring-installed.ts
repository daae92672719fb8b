type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const refers = (value: unknown): boolean => typeof value === 'string' && /\$\{[A-Z][A-Z0-9_]*\}/.test(value);

/**
 * Settings that people may have changed, with what the file takes from the environment as it is now: the port and
 * the folder of this start. A group of settings in which people changed anything that the file says (another type,
 * another host) is theirs and stays whole. `written` is the file's tree before the environment was filled in.
 */
export function bringInstalled(kept: Tree, declared: Tree, written: Tree): Tree {
  const brought: Record<string, unknown> = { ...kept };
  const own = Object.entries(written).every(
    ([key, value]) => isTree(value) || refers(value) || JSON.stringify(value) === JSON.stringify(kept[key]),
  );
  for (const [key, value] of Object.entries(written)) {
    const [before, now] = [kept[key], declared[key]];
    if (isTree(value) && isTree(before) && isTree(now)) brought[key] = bringInstalled(before, now, value);
    else if (own && refers(value)) brought[key] = now;
  }
  return brought;
}
