import { mailLimits } from './mail-limits.js';

/** What the server said of a mail before its bytes were asked for. */
export interface MailSize {
  readonly uid: number;
  readonly size: number;
}

/** Mails that are fetched and stored together, or one that is too large to be fetched whole. */
export interface FetchChunk {
  readonly uids: readonly number[];
  readonly headerOnly: boolean;
}

export const chunkMails = 200;
export const chunkBytes = 8 * 1024 * 1024;

/** Cuts a run of mails into chunks of bounded count and size, in their order. */
export function planFetch(mails: readonly MailSize[], limit: number = mailLimits.mailBytes): FetchChunk[] {
  const chunks: FetchChunk[] = [];
  let uids: number[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (uids.length > 0) chunks.push({ uids, headerOnly: false });
    uids = [];
    bytes = 0;
  };
  for (const { uid, size } of mails) {
    if (size > limit) {
      flush();
      chunks.push({ uids: [uid], headerOnly: true });
      continue;
    }
    if (uids.length >= chunkMails || (bytes + size > chunkBytes && uids.length > 0)) flush();
    uids.push(uid);
    bytes += size;
  }
  flush();
  return chunks;
}

/** `1:3,7` for 1, 2, 3 and 7: ascending numbers as an IMAP sequence set. */
export function sequenceSet(numbers: readonly number[]): string {
  const ranges: string[] = [];
  let first = numbers[0];
  let last = first;
  for (const number of [...numbers.slice(1), undefined]) {
    if (number !== undefined && number === last! + 1) {
      last = number;
      continue;
    }
    if (first !== undefined) ranges.push(first === last ? `${first}` : `${first}:${last}`);
    first = last = number;
  }
  return ranges.join(',');
}
