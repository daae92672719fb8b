import { Refused, Retry } from '#libs/contracts';
import type { AccountTrouble } from '../channel-adapter.js';

const codeAndDetail = /^([a-z][a-z0-9-]*)(?:: ([^]*))?$/;

/** What an adapter says by `Retry`: a code of the catalogue, with a detail after a colon where there is one. */
export function troubleOfRetry({ message }: Retry): AccountTrouble {
  const [, code, detail = ''] = codeAndDetail.exec(message) ?? [];
  return code === undefined ? { code: 'unreachable', detail: message } : { code, detail };
}

/**
 * Why taking in ended, for people. What the adapter reported itself is the most exact; the text of an error that is
 * none of ours may quote anything, so only its name is told.
 */
export function troubleOf(error: unknown, reported: AccountTrouble | undefined): AccountTrouble {
  if (reported) return reported;
  if (error instanceof Refused) return { code: error.code, detail: error.message };
  if (error instanceof Retry) return troubleOfRetry(error);
  if (error === undefined) return { code: 'ended', detail: '' };
  return { code: 'internal', detail: error instanceof Error ? error.name : typeof error };
}
