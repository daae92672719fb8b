export type Search = Readonly<Record<string, unknown>>;

/** `?state=open&state=pending`: addresses that people can read and programs can make. Values are texts or lists of them. */
export function readSearch(text: string): Search {
  const found: Record<string, string | string[] | true> = {};
  for (const name of new Set(new URLSearchParams(text).keys())) {
    const values = new URLSearchParams(text).getAll(name);
    const [only = ''] = values;
    found[name] = values.length > 1 ? values : only === '' ? true : only;
  }
  return found;
}

export function writeSearch(search: Search): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of [value].flat() as unknown[]) {
      if (one === true) written.append(name, '');
      else if (typeof one === 'string' || typeof one === 'number') written.append(name, String(one));
    }
  }
  const text = written.toString().replace(/=(?=&|$)/g, '');
  return text && `?${text}`;
}
