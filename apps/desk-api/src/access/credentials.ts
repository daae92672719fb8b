/** The token of `Authorization: Bearer …`, `''` for a header of another form, nothing where there is no header. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  return /^Bearer +([\x21-\x7e]{1,8192}) *$/i.exec(header)?.[1] ?? '';
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request says about where it comes from. */
export interface Origins {
  readonly method: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly contentType: string | undefined;
  /** Origins that are ours: the public address and the host that was asked. */
  readonly own: readonly string[];
}

/**
 * Whether a browser that holds our cookie was made to send this by a foreign page. Every browser names the origin
 * of a request that changes something; a program without a browser names none and has no cookie of somebody else.
 */
export function isForged({ method, origin, fetchSite, own }: Origins): boolean {
  if (origin !== undefined && !own.includes(origin)) return true;
  if (safe.has(method)) return false;
  return fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
}

/** Whether the body has a form that a page can post without asking first (`text/plain`, a plain HTML form). */
export function isSimpleForm({ method, origin, fetchSite, contentType }: Origins): boolean {
  if (safe.has(method) || contentType === undefined) return false;
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/json') return false;
  const provenOwn = origin !== undefined || fetchSite === 'same-origin';
  return !(type === 'multipart/form-data' && provenOwn);
}
