import type { Locale } from '#libs/contracts';
import type { Fault } from '../refusals/desk-error.js';
import { tellFaults, type ToldFault } from '../refusals/tell-faults.js';
import { say, text } from '../texts/text.js';
import type { Saying } from '../texts/text-key.js';
import { type ProblemCode, statusOf } from './status-of.js';

/** Body of every refused request: RFC 9457 problem details with a stable `code` for programs. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly faults?: readonly ToldFault[];
  /** Names this very failure; the same id stands in the log. */
  readonly instance?: string;
}

export interface ProblemFacts {
  readonly code: ProblemCode;
  readonly detail?: Saying | undefined;
  readonly faults?: readonly Fault[];
  readonly instance?: string;
}

/** Tells a refusal in the language of the reader. */
export const problem = ({ code, detail, faults = [], instance }: ProblemFacts, locale: Locale): Problem => ({
  type: `urn:switchboard:problem:${code}`,
  title: text(locale, `errors.${code}`),
  status: statusOf(code),
  code,
  ...(detail && { detail: say(locale, detail) }),
  ...(faults.length > 0 && { faults: tellFaults(locale, faults) }),
  ...(instance && { instance }),
});
