import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { catchError, from, map, mergeMap, type Observable } from 'rxjs';
import { z } from 'zod';
import type { DeskRequest } from '../access/request.js';
import { type RouteContract, routeMetadata } from '../access/route.decorator.js';
import { AuditTrail } from './audit-trail.service.js';
import { auditedRoutes } from './audited-routes.js';

/** Stands around every handler and enters what the table of audited routes says; no handler enters anything itself. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const contract = this.reflector.get<RouteContract | undefined>(routeMetadata, context.getHandler());
    const audited = contract && auditedRoutes[contract.id];
    if (!audited || audited === 'none') return next.handle();
    const http = context.switchToHttp();
    const begun = await this.trail.begin(audited, http.getRequest<DeskRequest>());
    if (!begun) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const isReplay = (): boolean => reply.getHeader('idempotency-replayed') !== undefined;
    return next.handle().pipe(
      catchError(async (fault: unknown) => {
        await this.trail.ended(begun, reasonOf(fault));
        throw fault;
      }),
      mergeMap((answer: unknown) => from(this.trail.done(begun, answer, isReplay())).pipe(map(() => answer))),
    );
  }
}

/** Code of a refusal; nothing for a failure of ours. */
function reasonOf(fault: unknown): string | undefined {
  if (fault instanceof DeskError) return fault.code;
  return fault instanceof z.core.$ZodError ? 'invalid_input' : undefined;
}
