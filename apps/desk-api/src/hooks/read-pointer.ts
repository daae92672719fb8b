/** The value at a JSON pointer (RFC 6901) as a key; nothing where the document has no such scalar. */
export function readPointer(document: unknown, pointer: string): string | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  let at: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    if (Array.isArray(at) && !/^\d+$/.test(key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  if (typeof at === 'number' || typeof at === 'bigint') return String(at);
  return typeof at === 'string' && at !== '' ? at : undefined;
}

/** The value at the first pointer that has one. */
export function firstOf(document: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const value = readPointer(document, pointer);
    if (value !== undefined) return value;
  }
  return undefined;
}
