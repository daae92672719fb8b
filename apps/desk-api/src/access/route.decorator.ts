import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiDefaultResponse,
  ApiExcludeEndpoint,
  ApiHeader,
  ApiOperation,
  ApiResponse,
} from '@nestjs/swagger';
import { policy, type RouteId, type RoutePolicy } from '#libs/access';
import { z, type ZodType } from 'zod';

/** Where the row of the policy table and the contract of a route stand on its handler. */
export const routeMetadata = 'switchboard:route';

export interface RouteContract {
  readonly id: RouteId;
  /** Whether an update must say by `If-Match` which version it changes (428 without), or may. */
  readonly ifMatch: 'required' | 'optional' | undefined;
  /** Whether the handler changes something, so that `Idempotency-Key` guards it. */
  readonly idempotent: boolean;
  /** Whether a browser may call it from our own pages alone, though nobody is signed in yet. */
  readonly ownPagesOnly: boolean;
}

export interface RouteOptions {
  /** What the route does, in one sentence of the API's page. */
  readonly summary: string;
  /** Shape of the answer, for the API's page. */
  readonly answer?: ZodType;
  /** Status of success where it is not Nest's own (201 for POST, else 200). */
  readonly status?: number;
  readonly ifMatch?: 'required' | 'optional';
  /** Shapes of other answers of success, by status. */
  readonly alsoAnswers?: Readonly<Record<number, ZodType>>;
  /** Shape of a body that the handler reads itself. */
  readonly body?: ZodType;
  /** The body may be multipart with files, too; `only`: it must be. */
  readonly files?: boolean | 'only';
  /** The answer is the bytes of a file. */
  readonly download?: boolean;
  /** Further headers that the route reads. */
  readonly headers?: readonly string[];
  /** A page for people: not part of the API. */
  readonly page?: boolean;
  /** For public routes that change something: refused when a foreign page sends it. */
  readonly ownPagesOnly?: boolean;
  /** False for the few POST routes that `Idempotency-Key` has no sense for. */
  readonly idempotent?: boolean;
}

/**
 * The one decorator beside the verb: `@Get('tickets') @Route('tickets.list', { summary: '…', answer: ticketPage })`.
 * Names the row of the policy table that says who may call, and describes the route in OpenAPI.
 */
export const Route = (id: RouteId, options: RouteOptions): MethodDecorator => {
  const isPublic = (policy[id] as RoutePolicy) === 'public';
  const contract: RouteContract = {
    id,
    ifMatch: options.ifMatch,
    idempotent: options.idempotent ?? !isPublic,
    ownPagesOnly: options.ownPagesOnly ?? false,
  };
  return applyDecorators(
    SetMetadata(routeMetadata, contract),
    ...(options.status ? [HttpCode(options.status)] : []),
    ...(options.page ? [ApiExcludeEndpoint()] : described(contract, options)),
    ...(isPublic ? [] : [ApiBearerAuth('key'), ApiCookieAuth('session')]),
  );
};

/** `2XX` stands for the verb's own status, which the verb's decorator, applied later, decides. */
const success = (status: number | undefined) => ({ status: status ?? ('2XX' as const), description: '' });

const fileContent = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function bodySchema(body: ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input' });
  return schema;
}

const described = ({ id, idempotent }: RouteContract, options: RouteOptions): MethodDecorator[] => [
  ApiOperation({ operationId: id, summary: options.summary, tags: [id.split('.')[0] ?? id] }),
  ApiDefaultResponse({ description: 'Refused, or failed', content: problemContent }),
  ApiResponse({
    ...success(options.status),
    ...(options.answer && { standardSchema: options.answer }),
    ...(options.download && { content: fileContent }),
  }),
  ...Object.entries(options.alsoAnswers ?? {}).map(([status, standardSchema]) =>
    ApiResponse({ status: Number(status), description: '', standardSchema }),
  ),
  ...(options.body ? [ApiBody({ schema: bodySchema(options.body) })] : []),
  ...(options.files
    ? [ApiConsumes(...(options.files === true ? ['application/json'] : []), 'multipart/form-data')]
    : []),
  ...(options.headers ?? []).map((name) => ApiHeader({ name, required: false })),
  // Only of POST: the document leaves it out elsewhere.
  ...(idempotent ? [ApiHeader({ name: 'Idempotency-Key', required: false })] : []),
  ...(options.ifMatch ? [ApiHeader({ name: 'If-Match', required: options.ifMatch === 'required' })] : []),
];
