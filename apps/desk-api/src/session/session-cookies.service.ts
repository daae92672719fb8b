import { Injectable } from '@nestjs/common';
import type { SignedIn } from '#libs/access';
import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { DeskApiConfig } from '../desk-api.config.js';

/** The cookie that carries the token of a session: unreadable for scripts, never sent along by a foreign page's POST. */
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

  private options() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.isHttps } as const;
  }
}
