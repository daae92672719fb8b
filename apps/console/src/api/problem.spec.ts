import { describe, expect, it } from '@jest/globals';
import { problemOf } from './problem.js';

const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers) });

describe('problemOf', () => {
  it('tells what the API told, with the request by name', () => {
    const body = { code: 'too_many_requests', title: 'Слишком много', status: 429 };
    expect(problemOf(body, answer(429, { 'retry-after': '12', 'x-request-id': 'r-1' })).facts).toMatchObject({
      code: 'too_many_requests',
      title: 'Слишком много',
      retryAfterSeconds: 12,
      requestId: 'r-1',
    });
  });

  it.each([
    [502, '<html>', 'unreachable'],
    [504, undefined, 'unreachable'],
    [500, '<html>', 'internal_error'],
  ])('names %i of a proxy in the way', (status, body, code) => expect(problemOf(body, answer(status)).code).toBe(code));
});
