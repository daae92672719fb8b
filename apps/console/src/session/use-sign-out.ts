import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask, desk } from '../api/desk.client.js';
import { setPreferences } from '../app/preferences.store.js';
import { forgetEntries, unsentOf } from '../screens/call/call-entries.store.js';
import { forgetDrafts } from '../screens/ticket/drafts.store.js';
import { problemCode } from '../api/problem.js';
import { toastProblem, toastRefused } from '../parts/toasts.js';
import { useText } from '../texts/use-text.js';
import { usePerson } from './session.query.js';

/** Ends the session here and at the desk, and forgets everything that was loaded. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { say } = useText();
  const { id } = usePerson();
  return () => {
    // The desk has the browser forget everything of this site, and with it what was never sent.
    if (unsentOf(id).length > 0) return toastRefused(say('call.unsent'), say('call.unsentAbout'));
    void ask(desk.DELETE('/api/v1/session'))
      .catch((problem: unknown) => {
        if (problemCode(problem) !== 'unauthenticated') throw problem;
      })
      // Nothing may be taken from under the screen: it is left first.
      .then(() => navigate({ to: '/sign-in', search: {} }))
      .then(() => {
        queries.clear();
        forgetDrafts();
        forgetEntries(id);
        // The desk had the browser forget everything of this site; how one likes it to look is nobody's secret.
        setPreferences({});
      })
      .catch((problem: unknown) => toastProblem(problem, say));
  };
}
