import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './locale-of.js';
import { problem, type ProblemFacts } from './problem.js';

/** Answers a request with problem details in the language that it asks for. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): void {
  const locale = localeOf(request.headers['accept-language']);
  const body = problem(facts, locale);
  void reply
    .status(body.status)
    .headers({ 'content-language': locale, vary: 'Accept-Language' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}
