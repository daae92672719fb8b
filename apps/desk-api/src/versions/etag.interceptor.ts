import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { versionTag } from './version-tag.js';

/** Gives every answer that has a `version` the ETag that a later `If-Match` names. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        if (typeof body !== 'object' || body === null || reply.raw.headersSent) return;
        const { version } = body as { version?: unknown };
        if (typeof version === 'number') void reply.header('etag', versionTag(version));
      }),
    );
  }
}
