import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiDefaultResponse,
  ApiHeader,
  ApiOperation,
  ApiResponse,
} from '@nestjs/swagger';
import { policy, type RouteId, type RoutePolicy } from '#libs/access';
import type { ZodType } from 'zod';

/** Where the row of the policy table and the contract of a route stand on its handler. */
export const routeMetadata = 'switchboard:route';

export interface RouteContract {
  readonly id: RouteId;
  /** Whether an update must say by `If-Match` which version it changes (428 without), or may. */
  readonly ifMatch: 'required' | 'optional' | undefined;
  /** Whether the handler changes something, so that `Idempotency-Key` guards it. */
  readonly idempotent: boolean;
}

export interface RouteOptions {
  /** What the route does, in one sentence of the API's page. */
  readonly summary: string;
  /** Shape of the answer, for the API's page. */
  readonly answer?: ZodType;
  /** Status of success where it is not Nest's own (201 for POST, else 200). */
  readonly status?: number;
  readonly ifMatch?: 'required' | 'optional';
  /** False for the few POST routes that `Idempotency-Key` has no sense for. */
  readonly idempotent?: boolean;
}

/**
 * The one decorator beside the verb: `@Get('tickets') @Route('tickets.list', { summary: '…', answer: ticketPage })`.
 * Names the row of the policy table that says who may call, and describes the route in OpenAPI.
 */
export const Route = (id: RouteId, options: RouteOptions): MethodDecorator => {
  const open = (policy[id] as RoutePolicy) === 'public';
  const contract: RouteContract = { id, ifMatch: options.ifMatch, idempotent: options.idempotent ?? !open };
  return applyDecorators(
    SetMetadata(routeMetadata, contract),
    ApiOperation({ operationId: id, summary: options.summary, tags: [id.split('.')[0] ?? id] }),
    ApiDefaultResponse({ description: 'Problem details (RFC 9457): `type, title, status, code, detail, faults`' }),
    ...(options.status ? [HttpCode(options.status)] : []),
    ...(options.answer ? [answered(options.answer, options.status)] : []),
    ...(options.ifMatch ? [ApiHeader({ name: 'If-Match', required: options.ifMatch === 'required' })] : []),
    ...(open ? [] : [ApiBearerAuth('key'), ApiCookieAuth('session')]),
  );
};

/** Documents the answer under the status that the verb will give. */
const answered =
  (schema: ZodType, status: number | undefined): MethodDecorator =>
  (target, name, descriptor) => {
    const handler = descriptor.value as object;
    const post = Reflect.getMetadata('method', handler) === 1;
    ApiResponse({ status: status ?? (post ? 201 : 200), standardSchema: schema, description: '' })(
      target,
      name,
      descriptor,
    );
  };
