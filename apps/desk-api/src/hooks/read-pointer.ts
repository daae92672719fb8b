/** The value at a JSON pointer (RFC 6901) as a key; nothing where the document has no such scalar. */
export function readPointer(document: unknown, pointer: string): string | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  const parts = pointer.split('/').slice(1);
  const value = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).reduce(step, document);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function step(at: unknown, key: string): unknown {
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
  if (Array.isArray(at) && !/^\d+$/.test(key)) return undefined;
  return (at as Record<string, unknown>)[key];
}

/** The value at the first pointer that has one. */
export function firstOf(document: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const value = readPointer(document, pointer);
    if (value !== undefined) return value;
  }
  return undefined;
}
