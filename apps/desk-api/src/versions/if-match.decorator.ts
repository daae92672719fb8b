import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DeskError } from '#libs/platform';
import type { DeskRequest } from '../access/request.js';
import { type RouteContract, routeMetadata } from '../access/route.decorator.js';
import { readIfMatch, type SeenVersions } from './version-tag.js';

/**
 * The versions that the caller saw, from `If-Match`; `undefined` where the header is absent and the route does not
 * require it (`@Route(…, { ifMatch: 'required' })` answers 428).
 */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): SeenVersions => {
  const contract = Reflect.getMetadata(routeMetadata, context.getHandler()) as RouteContract | undefined;
  const header = context.switchToHttp().getRequest<DeskRequest>().headers['if-match'];
  if (header === undefined && contract?.ifMatch === 'required') {
    throw new DeskError('precondition_required', 'refusal.sayVersion');
  }
  return readIfMatch(header);
});
