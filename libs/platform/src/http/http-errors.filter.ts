import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemFacts } from './problem.js';
import { type Refusal, refusalOf } from './refusal-of.js';
import { sendProblem } from './send-problem.js';

/**
 * Turns whatever was thrown into problem details. Refusals are told as they are; a failure of ours is told by an id
 * alone, under which the log has the rest.
 */
@Catch()
export class HttpErrorsFilter implements ExceptionFilter {
  private readonly log = new Logger(HttpErrorsFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = refusalOf(thrown);
    if (!refusal) this.log.error({ err: thrown, requestId: request.id, msg: 'A request failed' });
    if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();

    const facts = refusal ? this.told(refusal, request, reply) : undefined;
    sendProblem(request, reply, facts ?? { code: 'internal_error', instance: `urn:uuid:${request.id}` });
  }

  private told(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): ProblemFacts {
    const methods = request.is404 ? request.server.methodsOf(request.url.split('?', 1)[0] ?? '') : [];
    if (methods.length > 0) {
      void reply.header('allow', methods.join(', '));
      return { code: 'method_not_allowed' };
    }
    const { code, detail } = refusal;
    if (code === 'unauthenticated' || code === 'bad_token') void reply.header('www-authenticate', 'Bearer');
    const seconds = retryAfter(refusal);
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    return { code, detail, faults: refusal.faults };
  }
}

/** Seconds after which asking again makes sense (RFC 9110, 10.2.3), where the refusal knows. */
function retryAfter({ code, detail }: Refusal): number | undefined {
  if (code === 'unavailable') return 5;
  return typeof detail === 'object' && detail.text === 'refusal.repeatIn' ? Number(detail.seconds) : undefined;
}
