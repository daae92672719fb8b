import { DeskError } from '#libs/contracts';

/** The ETag of a version: `"7"`. */
export const versionTag = (version: number): string => `"${version}"`;

/** The version in `If-Match: "7"`; nothing for an absent header and for `*`. */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version === undefined) {
    throw new DeskError('invalid_input', undefined, [{ path: 'If-Match', message: 'Not an ETag of this API.' }]);
  }
  return Number(version);
}

/** Refuses (412) a change of a version that is no longer the newest. */
export function mustMatch(expected: number | undefined, current: number): void {
  if (expected !== undefined && expected !== current) {
    throw new DeskError('precondition_failed', `Somebody changed it: the newest version is ${current}.`);
  }
}
