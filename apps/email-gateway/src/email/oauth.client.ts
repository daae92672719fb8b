import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { accountRetry } from './mail-trouble.js';
import type { OAuth2Settings } from './settings.js';

const answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});

interface Token {
  readonly value: string;
  readonly until: number;
  readonly refreshToken: string;
}

/** Seconds before the end of its life from which a token is not used for a new connection. */
const margin = 60;
const defaultLife = 300;

/** Access tokens for IMAP and SMTP: asked for with the refresh token, kept until they expire. */
@Injectable()
export class OAuthClient {
  private readonly tokens = new Map<string, Token>();

  /** A token that is good for a connection made now. */
  async accessToken(settings: OAuth2Settings, stop?: AbortSignal): Promise<string> {
    if (!settings.refreshToken || !settings.tokenUrl) return settings.accessToken ?? '';
    const key = keyOf(settings);
    const known = this.tokens.get(key);
    if (known && known.until > Date.now()) return known.value;
    const token = await this.ask(settings, known?.refreshToken ?? settings.refreshToken, stop);
    this.tokens.set(key, token);
    return token.value;
  }

  /** The server refused a token that should have been good: the next connection asks for another. */
  forget(settings: OAuth2Settings): void {
    const key = keyOf(settings);
    const known = this.tokens.get(key);
    // The refresh token stays: it may be the only one that still works.
    if (known) this.tokens.set(key, { ...known, until: 0 });
  }

  private async ask(settings: OAuth2Settings, refreshToken: string, stop?: AbortSignal): Promise<Token> {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
    if (settings.clientId) form.set('client_id', settings.clientId);
    if (settings.clientSecret) form.set('client_secret', settings.clientSecret);
    if (settings.scope) form.set('scope', settings.scope);
    const timeout = AbortSignal.timeout(10_000);
    const response = await fetch(settings.tokenUrl ?? '', {
      method: 'POST',
      body: form,
      // The refresh token goes to this address and to no other.
      redirect: 'error',
      signal: stop ? AbortSignal.any([stop, timeout]) : timeout,
    }).catch((error: unknown) => {
      throw accountRetry({ code: 'oauth-unreachable', detail: '' }, error);
    });
    const body: unknown = await response.json().catch(() => undefined);
    const parsed = answer.safeParse(body);
    if (!response.ok || !parsed.success)
      throw accountRetry({ code: 'oauth-refused', detail: `HTTP ${response.status}` });
    const life = Math.max((parsed.data.expires_in ?? defaultLife) - margin, 0);
    return {
      value: parsed.data.access_token,
      until: Date.now() + life * 1000,
      // Some providers give a new refresh token each time and let the old one die.
      refreshToken: parsed.data.refresh_token ?? refreshToken,
    };
  }
}

const keyOf = ({ tokenUrl, clientId, refreshToken }: OAuth2Settings): string =>
  JSON.stringify([tokenUrl, clientId, refreshToken]);
