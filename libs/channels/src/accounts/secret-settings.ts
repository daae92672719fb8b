/** A JSON value that is an object. */
type Tree = { readonly [key: string]: unknown };
type Schema = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The branches of a JSON Schema that may describe one value: the schema, its reference, its alternatives. */
function branches(schema: Schema, root: Schema): Schema[] {
  const reference = schema['$ref'];
  const named =
    typeof reference === 'string'
      ? reference.replace(/^#\/?/, '').split('/').filter(Boolean).reduce<unknown>(step, root)
      : {};
  const more = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] as Schema[] | undefined) ?? []);
  return [schema, ...[...(reference ? [named as Schema] : []), ...more].flatMap((one) => branches(one, root))];
}

const step = (at: unknown, key: string): unknown => (isTree(at) ? at[key] : undefined);

/** The schemas of what stands under `key` of a value. */
const under = (schemas: readonly Schema[], key: string, root: Schema): Schema[] =>
  schemas
    .flatMap((schema) => [step(schema['properties'], key) ?? schema['additionalProperties'], schema['items']])
    .filter(isTree)
    .flatMap((schema) => branches(schema, root));

/**
 * Parts settings into what may be shown and what must be sealed, by the announced JSON Schema: a value is secret
 * where any branch that may describe it carries `"secret": true`. The secret part keeps the place of each value
 * (`{ receive: { password } }`). Settings of a channel that has not announced itself are secret altogether.
 */
export function splitSecrets(
  settings: Tree,
  schema: Schema | undefined,
): { readonly open: Tree; readonly secret: Tree } {
  if (!schema) return { open: {}, secret: settings };
  return part(settings, branches(schema, schema), schema);
}

function part(value: Tree, schemas: readonly Schema[], root: Schema): { readonly open: Tree; readonly secret: Tree } {
  const open: [string, unknown][] = [];
  const secret: [string, unknown][] = [];
  for (const [key, child] of Object.entries(value)) {
    const described = under(schemas, key, root);
    if (described.some((schema) => schema['secret'] === true)) secret.push([key, child]);
    else if (!isTree(child)) open.push([key, child]);
    else {
      const parts = part(child, described, root);
      open.push([key, parts.open]);
      if (Object.keys(parts.secret).length > 0) secret.push([key, parts.secret]);
    }
  }
  const shaped = Array.isArray(value) ? Object.assign([], Object.fromEntries(open)) : Object.fromEntries(open);
  return { open: shaped as Tree, secret: Object.fromEntries(secret) };
}

/** Both parts in one again. Where only the secret part has a value it is taken as it is. */
export function mergeSecrets(open: unknown, secret: unknown): unknown {
  if (!isTree(open)) return open ?? secret;
  if (!isTree(secret)) return open;
  const merged: Record<string, unknown> = Array.isArray(open) ? Object.assign([], open) : { ...open };
  for (const [key, value] of Object.entries(secret)) merged[key] = key in open ? mergeSecrets(open[key], value) : value;
  return merged;
}
