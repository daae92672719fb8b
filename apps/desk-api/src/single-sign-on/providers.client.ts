import { Injectable, Logger } from '@nestjs/common';
import type { ProviderClaims, ProviderSettings } from '#libs/access';
import { DeskError } from '#libs/platform';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { DeskApiConfig } from '../desk-api.config.js';

/** What must be remembered between going to the provider and coming back. */
export interface Errand {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Claims, and whether the provider asked for a second factor. */
export interface Vouched {
  readonly claims: ProviderClaims;
  readonly strong: boolean;
}

const claimShape = z.object({
  email: z.email().max(320).optional().catch(undefined),
  email_verified: z.unknown().optional(),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
});

/** Methods that providers name when more than a password was asked for (RFC 8176). */
const strongMethods = new Set(['mfa', 'otp', 'hwk', 'fpt', 'face', 'sc']);

const timeoutSeconds = 10;

/** OpenID Connect with the providers of this desk: authorization code with PKCE, state and nonce. */
@Injectable()
export class Providers {
  private readonly log = new Logger(Providers.name);
  private readonly found = new Map<string, Promise<oidc.Configuration>>();

  constructor(private readonly config: DeskApiConfig) {}

  list(): readonly ProviderSettings[] {
    return this.config.variables.SIGN_IN_PROVIDERS;
  }

  get(key: string): ProviderSettings {
    const provider = this.list().find((one) => one.key === key);
    if (!provider) throw new DeskError('not_found');
    return provider;
  }

  /** Where the browser goes, and what to remember until it comes back. */
  async leave(provider: ProviderSettings): Promise<{ readonly url: string; readonly errand: Errand }> {
    const client = await this.client(provider);
    const errand = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri: this.redirectUri(provider),
      scope: provider.scopes,
      response_type: 'code',
      state: errand.state,
      nonce: errand.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, errand };
  }

  /** What the provider says of who came back with this query. Throws what the protocol found wrong. */
  async return(provider: ProviderSettings, query: string, errand: Errand): Promise<Vouched> {
    const client = await this.client(provider);
    // The address as it is configured, whatever the request calls us.
    const url = new URL(this.redirectUri(provider));
    url.search = query;
    const tokens = await oidc.authorizationCodeGrant(client, url, {
      pkceCodeVerifier: errand.verifier,
      expectedState: errand.state,
      expectedNonce: errand.nonce,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token) throw new Error('no ID token');
    const wantsMore = token.email === undefined && client.serverMetadata().userinfo_endpoint !== undefined;
    const more = wantsMore ? await oidc.fetchUserInfo(client, tokens.access_token, token.sub) : {};
    const { email, email_verified, name, amr } = claimShape.parse({ ...more, ...token });
    const isVerified = email_verified === true || (provider.emailsAreVerified && email_verified === undefined);
    return {
      claims: { provider: provider.key, subject: token.sub, verifiedEmail: isVerified ? email : undefined, name },
      strong: provider.secondFactor || (amr ?? []).some((method) => strongMethods.has(method)),
    };
  }

  private redirectUri({ key }: ProviderSettings): string {
    return `${this.config.publicOrigin}/api/v1/single-sign-on/${key}/callback`;
  }

  /** What the provider says of itself is read once; a failure is not kept. */
  private async client(provider: ProviderSettings): Promise<oidc.Configuration> {
    const known = this.found.get(provider.key) ?? this.discover(provider);
    this.found.set(provider.key, known);
    try {
      return await known;
    } catch (fault) {
      this.found.delete(provider.key);
      this.log.warn(`The provider ${provider.key} cannot be reached: ${(fault as Error).message}`);
      throw new DeskError('provider_unavailable');
    }
  }

  private discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
    const isPlain = issuer.startsWith('http:');
    return oidc.discovery(
      new URL(issuer),
      clientId,
      { [oidc.clockTolerance]: 30 },
      clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      {
        timeout: timeoutSeconds,
        // The signature of the ID token is checked, though TLS brought it.
        execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])],
      },
    );
  }
}
