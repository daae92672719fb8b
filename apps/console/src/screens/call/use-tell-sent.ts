import { DeskProblem } from '../../api/problem.js';
import { toastDone, toastProblem } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import type { Sent } from './call-sending.store.js';

/** Says what became of a call, wherever one is meanwhile. */
export function useTellSent(): (sent: Sent) => void {
  const { say } = useText();
  return (sent) => {
    if (sent.state === 'logged') toastDone(say('call.logged', { number: sent.ticket.number }));
    else if (sent.state === 'refused' && sent.draft.problem) toastProblem(new DeskProblem(sent.draft.problem), say);
  };
}
