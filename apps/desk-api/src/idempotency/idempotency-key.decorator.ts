import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { principalName } from '#libs/access';
import { DeskError } from '#libs/platform';
import type { DeskRequest } from '../access/request.js';

/** The key of an `Idempotency-Key` header: 1 to 255 visible characters. */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new DeskError('invalid_input', undefined, [{ path: 'Idempotency-Key', message: 'fault.idempotencyKey' }]);
}

/**
 * The caller's `Idempotency-Key`, made unique over callers; `undefined` without one. For handlers whose effect has
 * a unique column of its own (`external_key`, `idem`), so that even a crash between effect and answer doubles nothing.
 */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const { headers, principal } = context.switchToHttp().getRequest<DeskRequest>();
  const key = readIdempotencyKey(headers['idempotency-key']);
  if (key === undefined) return undefined;
  return principal ? `${principalName(principal)}:${key}` : key;
});
