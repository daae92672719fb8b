import type {} from '@fastify/cookie';
import type { Principal } from '#libs/access';
import type { FastifyRequest } from 'fastify';

/** A request that passed the guard. */
export interface DeskRequest extends FastifyRequest {
  /** Who calls; absent on public routes. */
  principal?: Principal;
}
