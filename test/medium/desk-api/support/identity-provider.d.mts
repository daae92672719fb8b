export interface IdentityProvider {
  readonly issuer: string;
  /** `GET /path`, in order. */
  readonly requests: readonly string[];
  /** Who is at the browser; nobody cancels. */
  signIn(who: string | undefined): void;
  close(): Promise<void>;
}

export interface IdentityProviderWish {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Claims by subject. */
  readonly people: Record<string, Record<string, unknown>>;
}

export function anIdentityProvider(wish: IdentityProviderWish): Promise<IdentityProvider>;
