import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { principalName } from '#libs/access';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { catchError, from, mergeMap, type Observable, of } from 'rxjs';
import type { DeskRequest } from '../access/request.js';
import { type RouteContract, routeMetadata } from '../access/route.decorator.js';
import { readIdempotencyKey } from './idempotency-key.decorator.js';
import { AnswersService, type Write } from './answers.service.js';

/** Lets a POST with an `Idempotency-Key` have its effect once: its repetitions get the first answer again. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly answers: AnswersService,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const contract = this.reflector.get<RouteContract | undefined>(routeMetadata, context.getHandler());
    const request = context.switchToHttp().getRequest<DeskRequest>();
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    if (request.method !== 'POST' || !contract?.idempotent || key === undefined || !request.principal) {
      return next.handle();
    }
    const write: Write = {
      scope: `${principalName(request.principal)} ${contract.id}`,
      key,
      hash: requestHash(request),
    };
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const earlier = await this.answers.begin(write);
    if (earlier) {
      void reply.status(earlier.status).header('idempotency-replayed', 'true');
      return of(earlier.body);
    }
    return next.handle().pipe(
      mergeMap((body: unknown) => from(this.answers.keep(write, reply.statusCode, body))),
      catchError(async (fault: unknown) => {
        await this.answers.release(write);
        throw fault;
      }),
    );
  }
}

/** What makes two requests the same: where they go and what they carry. */
function requestHash({ url, body, headers }: DeskRequest): Buffer {
  if (headers['content-type']?.startsWith('multipart/')) {
    throw new DeskError('invalid_input', 'refusal.keyNeedsJson');
  }
  return createHash('sha256')
    .update(url)
    .update('\0')
    .update(JSON.stringify(body ?? null))
    .digest();
}
