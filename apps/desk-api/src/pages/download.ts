/**
 * Headers of a file that somebody else made: always saved, never shown or run under our origin. The real media type
 * is not told, because a browser acts on it.
 */
export function attachmentHeaders(name: string, bytes: number, mediaType = 'application/octet-stream') {
  const plain = name.replace(/[^\x20-\x7e]|["\\;%]/g, '_');
  return {
    'content-type': mediaType,
    'content-length': String(bytes),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encode(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}

/** RFC 8187: what `encodeURIComponent` leaves and a header parameter does not allow is escaped, too. */
const encode = (name: string): string =>
  encodeURIComponent(Buffer.from(name).toString()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
