import type { Locale } from '#libs/contracts';
import { say } from '../texts/text.js';
import type { Fault } from './desk-error.js';

/** A fault in the words of one language. */
export interface ToldFault {
  readonly path: string;
  readonly message: string;
}

export const tellFaults = (locale: Locale, faults: readonly Fault[]): ToldFault[] =>
  faults.map(({ path, message }) => ({ path, message: say(locale, message) }));
