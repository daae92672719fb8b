import { Refused, Retry, Unknown } from '#libs/contracts';
import type { Settlement } from '../outbox/outbox-row.js';
import { backOff } from './back-off.js';

/** Days of trying at the longest pause; then a person decides. */
const mostAttempts = 300;
const pauses = { first: 30_000, most: 900_000 };

/** How a failed attempt to send ends. `fenced`: the point of no return was passed. */
export function outcomeOf(error: unknown, fenced: boolean, attempts: number, chance: number): Settlement {
  if (error instanceof Refused) return { state: 'failed', code: error.code, reason: error.message };
  if (error instanceof Unknown) return { state: 'unknown', code: 'no-answer', reason: error.message };
  if (!(error instanceof Retry) && fenced) return { state: 'unknown', code: 'no-answer', reason: nameOf(error) };
  const reason = error instanceof Retry ? error.message : nameOf(error);
  if (attempts >= mostAttempts) return { state: 'failed', code: 'gave-up', reason };
  const asked = error instanceof Retry ? error.afterMs : undefined;
  return { state: 'queued', code: 'later', reason, afterMs: asked ?? backOff(attempts, pauses, chance) };
}

/** The text of an error that is none of ours may quote the message itself. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Whether everything of the account has to wait, not just this row. */
export const holdsAccount = (error: unknown): error is Retry => error instanceof Retry && error.scope === 'account';
