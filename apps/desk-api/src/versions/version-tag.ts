import { DeskError } from '#libs/platform';

/** The versions that a caller named; any of them may be the newest. Nothing: whoever named none takes what there is. */
export type SeenVersions = readonly number[] | undefined;

/** The ETag of a version: `"7"`. */
export const versionTag = (version: number): string => `"${version}"`;

const entityTag = /(?:W\/)?"([!#-~\u0080-\u00ff]*)"/g;
const ours = /^(?:0|[1-9]\d{0,8})$/;

/**
 * The versions in `If-Match: "7", "8"` (RFC 9110, 13.1.1); nothing for an absent header and for `*`. Tags that are
 * not ours match no version. Weak ones count: whatever compresses an answer on its way makes its tag weak.
 */
export function readIfMatch(header: string | undefined): SeenVersions {
  if (header === undefined || header.trim() === '*') return undefined;
  const places = header.replace(entityTag, '""').split(',');
  const elements = places.map((place) => place.trim()).filter((place) => place !== '');
  if (elements.length === 0 || elements.some((element) => element !== '""')) {
    throw new DeskError('invalid_input', undefined, [{ path: 'If-Match', message: 'fault.etags' }]);
  }
  const tags = [...header.matchAll(entityTag)].map(([, tag = '']) => tag);
  return tags.filter((tag) => ours.test(tag)).map(Number);
}

/** Refuses (412) a change by somebody who saw versions, but not the newest. */
export function mustMatch(seen: SeenVersions, current: number): void {
  if (seen && !seen.includes(current)) {
    throw new DeskError('precondition_failed', { text: 'refusal.changedSince', version: current });
  }
}
