import createClient from 'openapi-fetch';
import { currentLocale } from '../texts/texts.store.js';
import { problemOf, unreachable } from './problem.js';
import { randomKey } from './random-key.js';
import type { paths } from './schema.js';

/**
 * The API, typed by its own description: `ask(desk.GET('/api/v1/tickets', { params: { query } }))`. POSTs carry an
 * `Idempotency-Key` of their own; give one to repeat an act that may have been done.
 */
export const desk = createClient<paths>({ baseUrl: location.origin });

desk.use({
  onRequest({ request }) {
    request.headers.set('accept-language', currentLocale());
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', randomKey());
    }
    return request;
  },
});

interface Asked<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was answered, or a thrown `DeskProblem`. */
export async function ask<Data>(asking: Promise<Asked<Data>>): Promise<Data> {
  const { data, error, response } = await asking.catch((fault: unknown) => {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw unreachable();
  });
  if (!response.ok) throw problemOf(error, response);
  return data as Data;
}
