import type { IncomingMessage } from 'node:http';

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Body {
  readonly fields: Readonly<Record<string, unknown>>;
  /** By the name of the form's part. */
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** The parameters of a call, in any of the ways in which the Bot API takes them. */
export async function readBody(request: IncomingMessage, query: URLSearchParams): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(type);
  if (boundary) return readForm(bytes, boundary[1] ?? boundary[2] ?? '');
  const fields = Object.fromEntries(query);
  if (type.startsWith('application/json') && bytes.length > 0) {
    return { fields: { ...fields, ...(JSON.parse(bytes.toString()) as object) }, files: new Map() };
  }
  return { fields: { ...fields, ...Object.fromEntries(new URLSearchParams(bytes.toString())) }, files: new Map() };
}

function readForm(bytes: Buffer, boundary: string): Body {
  const fields: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  const mark = Buffer.from(`--${boundary}`);
  for (let at = bytes.indexOf(mark); at >= 0;) {
    const next = bytes.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = bytes.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const header = part.subarray(0, split).toString();
    const content = part.subarray(split + 4);
    const name = /[; ]name="([^"]*)"/.exec(header)?.[1];
    const filename = /filename="([^"]*)"/.exec(header)?.[1];
    if (name && filename !== undefined) files.set(name, { name: filename, bytes: Buffer.from(content) });
    else if (name) fields[name] = content.toString();
    at = next;
  }
  return { fields, files };
}
