export type Charset = 'utf-8' | 'koi8-r' | 'windows-1251';

const tables = new Map<Charset, ReadonlyMap<string, number>>();

function tableOf(charset: Charset): ReadonlyMap<string, number> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  tables.set(charset, table);
  return table;
}

/** Text as bytes of a charset; a character that it does not have is a question mark. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  const table = tableOf(charset);
  return Buffer.from([...text].map((character) => table.get(character) ?? 0x3f));
}
