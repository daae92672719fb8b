import { DeskError } from '#libs/platform';
import { z, type ZodType } from 'zod';

/**
 * Pages of lists: `?cursor=…&limit=50` answered by `{ items, next }`. A cursor is the sort key of the last item,
 * opaque to callers and believed only after its shape was checked: it selects where to go on, never what may be seen.
 */
export const pageQuery = {
  cursor: z.string().min(1).max(512).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .default('50')
    .transform(Number)
    .pipe(z.number().int().min(1).max(200)),
};

export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key in a cursor, checked by `shape`; `undefined` for the first page. */
export function decodeCursor<Key>(cursor: string | undefined, shape: ZodType<Key>): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new DeskError('invalid_input', undefined, [{ path: 'cursor', message: 'fault.cursor' }]);
  }
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/** Cuts `found`, which was asked for with `limit + 1`, to a page. */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  key: (item: Item) => readonly string[],
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}

/** Shape of a page for OpenAPI. */
export const pageShape = <Item extends ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
