import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { PersonPrincipal, Principal } from '#libs/access';
import { DeskError } from '#libs/platform';
import type { DeskRequest } from './request.js';

const principalOf = (context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<DeskRequest>();
  if (!principal) throw new DeskError('unauthenticated');
  return principal;
};

/** Who calls: a person or a program. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => principalOf(context));

/** The person who calls; a program is refused. */
export const CallingPerson = createParamDecorator((_: unknown, context: ExecutionContext): PersonPrincipal => {
  const principal = principalOf(context);
  if (principal.type !== 'person') throw new DeskError('forbidden', 'refusal.peopleOnly');
  return principal;
});
