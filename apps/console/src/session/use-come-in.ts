import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { components } from '../api/schema.js';
import { sessionQuery } from './session.query.js';
import { wayBack } from './way-back.js';

const route = getRouteApi('/sign-in');

type SignedIn = components['schemas']['SignedIn'];

/** What a step of signing in answers: one is in, or a code is asked for. */
export type SignInAnswer = SignedIn | components['schemas']['TotpRequired'];

/** Goes on as the person who has just come in, where they wanted to be; nothing of who was here before is kept. */
export function useComeIn(): (person: SignedIn) => void {
  const queries = useQueryClient();
  const router = useRouter();
  const { back } = route.useSearch();
  return ({ state: _, ...person }) => {
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, person);
    // Nobody who goes back wants to sign in again.
    router.history.replace(wayBack(back));
  };
}
