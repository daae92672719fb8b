import { Refused, Retry } from '#libs/contracts';
import type { AccountTrouble } from '../channel-adapter.js';

/**
 * Why taking in ended, for people. What the adapter reported itself is the most exact; the text of an error that is
 * none of ours may quote anything, so only its name is told.
 */
export function troubleOf(error: unknown, reported: AccountTrouble | undefined): AccountTrouble {
  if (reported) return reported;
  if (error instanceof Refused) return { code: error.code, detail: error.message };
  if (error instanceof Retry) return { code: 'unreachable', detail: error.message };
  if (error === undefined) return { code: 'ended', detail: '' };
  return { code: 'internal', detail: error instanceof Error ? error.name : typeof error };
}
