import { decodeCharset } from './decode-charset.js';
import { decodeHeader } from './decode-header.js';

/** A structured header: `text/plain; charset="koi8-r"; name*0*=…`. */
export interface StructuredHeader {
  /** Lower case, without parameters. */
  readonly value: string;
  /** Names in lower case with their `*` marks, values as raw bytes (one a character); the first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

// A value is a quoted string, which may hold anything, or everything up to the next semicolon.
const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;

export function readStructured(raw: string): StructuredHeader {
  const semicolon = raw.indexOf(';');
  const parameters = new Map<string, string>();
  if (semicolon >= 0) {
    for (const [, name, quoted, plain] of raw.slice(semicolon).matchAll(parameter)) {
      const key = name!.toLowerCase();
      const value = quoted === undefined ? withoutComment(plain!) : unquote(quoted);
      if (!parameters.has(key)) parameters.set(key, value);
    }
  }
  const value = withoutComment(semicolon < 0 ? raw : raw.slice(0, semicolon));
  return { value: value.replaceAll('"', '').toLowerCase(), parameters };
}

/** `a\"b` to `a"b`, but a Windows path that somebody quoted keeps its backslashes. */
const unquote = (quoted: string): string => quoted.replace(/\\(["\\])/g, '$1');

const withoutComment = (text: string): string => text.replace(/\s*\([^)]*\)\s*$/, '').trim();

/**
 * A parameter as text: `name*` and `name*0*` by RFC 2231, else plain, which most programs of this country fill with
 * RFC 2047 words or raw 8-bit bytes although neither is allowed there.
 */
export function parameterText(header: StructuredHeader, name: string, charset?: string): string | undefined {
  const { parameters } = header;
  const extended = parameters.get(`${name}*`);
  if (extended !== undefined) return decodeExtended(extended);
  if (parameters.has(`${name}*0`) || parameters.has(`${name}*0*`)) return joinSections(parameters, name);
  const plain = parameters.get(name);
  return plain === undefined ? undefined : decodeHeader(plain, charset);
}

function joinSections(parameters: ReadonlyMap<string, string>, name: string): string {
  let charset: string | undefined;
  const bytes: Buffer[] = [];
  for (let i = 0; i < 100; i += 1) {
    const encoded = parameters.get(`${name}*${i}*`);
    const section = encoded ?? parameters.get(`${name}*${i}`);
    if (section === undefined) break;
    const marked = i === 0 && encoded !== undefined ? charsetMark.exec(section) : null;
    if (marked) charset = marked[1];
    const body = marked ? section.slice(marked[0].length) : section;
    bytes.push(encoded === undefined ? Buffer.from(body, 'latin1') : percentBytes(body));
  }
  const joined = Buffer.concat(bytes);
  return charset ? decodeCharset(joined, charset) : decodeHeader(joined.toString('latin1'));
}

const charsetMark = /^([^']*)'[^']*'/;

function decodeExtended(value: string): string {
  const marked = charsetMark.exec(value);
  if (!marked) return decodeHeader(percentBytes(value).toString('latin1'));
  const text = decodeCharset(percentBytes(value.slice(marked[0].length)), marked[1] || undefined);
  return text.includes('=?') ? decodeHeader(text) : text;
}

const percentBytes = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
