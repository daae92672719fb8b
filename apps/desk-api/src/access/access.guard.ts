import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiKeysService, mayCall, type Principal, SessionsService } from '#libs/access';
import { DeskError } from '#libs/platform';
import { AuditTrail } from '../audit/audit-trail.service.js';
import { DeskApiConfig } from '../desk-api.config.js';
import { bearerToken, isForged, isSimpleForm, type Origins } from './credentials.js';
import type { DeskRequest } from './request.js';
import { type RouteContract, routeMetadata } from './route.decorator.js';

/** Stands before every route: who calls, and whether the policy table lets them. The only place that authorises. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly keys: ApiKeysService,
    private readonly config: DeskApiConfig,
    private readonly trail: AuditTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const contract = this.reflector.get<RouteContract | undefined>(routeMetadata, context.getHandler());
    if (!contract) throw new DeskError('forbidden', 'refusal.noPolicy');
    const request = context.switchToHttp().getRequest<DeskRequest>();
    if (contract.ownPagesOnly) this.refuseForged(request);
    if (mayCall(undefined, contract.id) === 'yes') return true;

    const principal = await this.identify(request);
    const verdict = mayCall(principal, contract.id);
    if (verdict === 'unauthenticated') throw new DeskError('unauthenticated');
    if (principal) request.principal = principal;
    if (verdict === 'forbidden') {
      await this.trail.refused(contract.id, request);
      throw new DeskError('forbidden');
    }
    return true;
  }

  /** Who shows this bearer key or this cookie; a wrong key is refused whatever the cookie says. */
  async identify(request: DeskRequest): Promise<Principal | undefined> {
    const token = bearerToken(request.headers.authorization);
    if (token !== undefined) return this.keys.authenticate(token);
    const cookie = request.cookies[this.config.sessionCookie];
    if (!cookie) return undefined;
    this.refuseForged(request);
    return this.sessions.authenticate(cookie);
  }

  private refuseForged(request: DeskRequest): void {
    const { headers, method, protocol, host } = request;
    const origins: Origins = {
      method,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site'] as string | undefined,
      contentType: headers['content-type'],
      own: [this.config.publicOrigin, `${protocol}://${host}`],
    };
    if (isForged(origins)) throw new DeskError('forbidden', 'refusal.foreignPage');
    if (isSimpleForm(origins)) throw new DeskError('unsupported_media_type', 'refusal.sendJson');
  }
}
