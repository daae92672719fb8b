import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, desk } from '../../api/desk.client.js';
import { type ProblemCode, problemCode } from '../../api/problem.js';
import type { Shape } from '../../api/shape.js';
import { toastDone, toastProblem, toastRefused } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import type { Worker } from './staffing.js';

export interface Assignment {
  readonly ticket: Pick<Shape<'Ticket'>, 'id' | 'number' | 'version'>;
  readonly to: Pick<Worker, 'id' | 'name'>;
  readonly force?: boolean;
}

/** What one may insist on: somebody who is not there, or does not work that queue. */
const passable = new Set<ProblemCode | undefined>(['specialist_absent', 'specialist_not_in_queue']);

/** Gives tickets to people, as they stand on the board: whatever changed meanwhile is told, and nothing is overwritten. */
export function useAssign() {
  const { say } = useText();
  const queries = useQueryClient();
  const [doubt, setDoubt] = useState<{ readonly asked: Assignment; readonly problem: unknown }>();
  const { mutate, isPending } = useMutation({
    meta: { quiet: true },
    mutationFn: ({ ticket: { id, version }, to, force = false }: Assignment) =>
      ask(
        desk.POST('/api/v1/tickets/{id}/assign', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: { specialistId: to.id, force },
        }),
      ),
    onSuccess: (_card, { ticket: { number }, to }) =>
      toastDone(say('wallboard.assigned', { number, name: to.name ?? say('words.unnamed') })),
    onError: (problem, asked) => {
      const code = problemCode(problem);
      if (passable.has(code) && !asked.force) return setDoubt({ asked, problem });
      if (code !== 'precondition_failed') return toastProblem(problem, say);
      toastRefused(say('wallboard.changed', { number: asked.ticket.number }), say('wallboard.changedAbout'));
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['board'] }),
        queries.invalidateQueries({ queryKey: ['load'] }),
      ]),
  });
  return {
    assign: (asked: Assignment) => mutate(asked),
    isPending,
    doubt,
    insist: () => {
      if (doubt) mutate({ ...doubt.asked, force: true });
      setDoubt(undefined);
    },
    desist: () => setDoubt(undefined),
  };
}
