import { DeskProblem } from '../api/problem.js';
import type { Say } from '../texts/text-key.js';

export interface ProblemTexts {
  readonly title: string;
  readonly detail: string | undefined;
}

/** A problem in words: those of the API where it spoke, ours where it could not. */
export function problemTexts(problem: unknown, say: Say): ProblemTexts {
  if (!(problem instanceof DeskProblem)) return { title: say('problem.unknown'), detail: undefined };
  const { code, title, detail } = problem.facts;
  if (code === 'unreachable') return { title: say('problem.unreachable'), detail: say('problem.unreachableAbout') };
  return { title: title ?? say('problem.unknown'), detail };
}
