import { Injectable } from '@nestjs/common';
import type { OpenChallenge, SignedIn } from '#libs/access';
import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { DeskRequest } from '../access/request.js';
import { DeskApiConfig } from '../desk-api.config.js';

/** What a browser was asked while it signs in; each has a cookie of its own. */
export type ChallengeCookie = 'second_factor' | 'passkey' | 'single_sign_on';

/** The cookies of signing in: unreadable for scripts, never sent along by a foreign page's POST. */
@Injectable()
export class SessionCookies {
  constructor(private readonly config: DeskApiConfig) {}

  set(reply: FastifyReply, { token }: SignedIn): void {
    // No expiry in the browser: the server's sliding 12 hours decide.
    void reply.setCookie(this.config.sessionCookie, token, this.options());
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.config.sessionCookie, this.options());
    void reply.header('clear-site-data', '"cache", "storage"');
  }

  setChallenge(reply: FastifyReply, name: ChallengeCookie, { token, expiresAt }: OpenChallenge): void {
    void reply.setCookie(this.nameOf(name), token, { ...this.options(), expires: expiresAt });
  }

  /** What the browser brings back; `''` where it brings nothing, which no challenge has. */
  challenge(request: DeskRequest, name: ChallengeCookie): string {
    return request.cookies[this.nameOf(name)]?.slice(0, 128) ?? '';
  }

  clearChallenge(reply: FastifyReply, name: ChallengeCookie): void {
    void reply.clearCookie(this.nameOf(name), this.options());
  }

  private nameOf(name: ChallengeCookie): string {
    return this.config.isHttps ? `__Host-sb_${name}` : `sb_${name}`;
  }

  private options() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.isHttps } as const;
  }
}
