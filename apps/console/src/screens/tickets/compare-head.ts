interface Listed {
  readonly id: string;
}

export interface HeadNews<Item> {
  /** Rows that are shown, as they are now. */
  readonly changed: ReadonlyMap<string, Item>;
  /** Items that the list would begin with if it were loaded now. */
  readonly fresh: number;
  /** Rows that belong to the list no more. */
  readonly left: readonly string[];
}

/**
 * What a first page loaded just now says about rows that are shown, of which `touched` changed meanwhile: what changed
 * last stands first, so a touched row that is not on the page has left the list.
 */
export function compareHead<Item extends Listed>(
  shown: readonly Listed[],
  head: readonly Item[],
  touched: ReadonlySet<string>,
): HeadNews<Item> {
  const ids = new Set(shown.map(({ id }) => id));
  const inHead = new Set(head.map(({ id }) => id));
  return {
    changed: new Map(head.filter(({ id }) => ids.has(id)).map((item) => [item.id, item])),
    fresh: head.filter(({ id }) => !ids.has(id)).length,
    left: [...touched].filter((id) => ids.has(id) && !inHead.has(id)),
  };
}
