import { DeskError, type Fault } from '#libs/platform';

const reference = /\$\{([A-Z][A-Z0-9_]*)\}/g;

/**
 * Puts the values of environment variables where `${NAME}` stands in the strings of a parsed file, so that no
 * secret has to be written into it. A string that is one reference alone becomes a number where the value is one.
 * Throws `invalid_input` with every variable that is not set.
 */
export function substitute<Value>(value: Value, env: Readonly<Record<string, string | undefined>>): Value {
  const faults: Fault[] = [];
  const fill = (part: unknown, path: string): unknown => {
    if (typeof part === 'string') return fillText(part, path, env, faults);
    if (Array.isArray(part)) return part.map((item, index) => fill(item, `${path}${index}.`));
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, fill(item, `${path}${key}.`)]));
  };
  const filled = fill(value, '') as Value;
  if (faults.length > 0) throw new DeskError('invalid_input', 'refusal.deskFileVariables', faults);
  return filled;
}

function fillText(
  text: string,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  faults: Fault[],
): string | number {
  const filled = text.replace(reference, (whole, name: string) => {
    const found = env[name];
    if (found !== undefined) return found;
    faults.push({ path: path.slice(0, -1), message: { text: 'fault.variable', name } });
    return whole;
  });
  const alone = /^\$\{[A-Z][A-Z0-9_]*\}$/.test(text);
  return alone && /^\d{1,9}$/.test(filled) ? Number(filled) : filled;
}
