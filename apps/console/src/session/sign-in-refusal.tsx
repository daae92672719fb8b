import { Alert } from '@mantine/core';
import { DeskProblem, problemCode } from '../api/problem.js';
import { ProblemView } from '../parts/problem-view.js';
import { useText } from '../texts/use-text.js';

/** Refusals that are told here, in words of their own. */
const texts = { wrong_credentials: 'session.wrong', wrong_code: 'session.wrongCode' } as const;

/** Why it did not work, in words that help. */
export function SignInRefusal({ problem, waiting }: { readonly problem: unknown; readonly waiting: number }) {
  const { say } = useText();
  if (!problem) return null;
  const code = problemCode(problem);
  if (code === 'too_many_requests') return <Waiting problem={problem} seconds={waiting} />;
  if (code !== 'wrong_credentials' && code !== 'wrong_code') return <ProblemView problem={problem} />;
  return (
    <Alert role="alert" color="red" variant="light">
      {say(texts[code])}
    </Alert>
  );
}

function Waiting({ problem, seconds }: { readonly problem: unknown; readonly seconds: number }) {
  const { say } = useText();
  const isOver = problem instanceof DeskProblem && problem.facts.retryAfterSeconds !== undefined && seconds === 0;
  if (isOver) return null;
  return (
    <Alert role="alert" color="red" variant="light">
      {seconds > 0 ? say('session.wait', { count: seconds }) : say('session.waitABit')}
    </Alert>
  );
}
