import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** How the next ID token differs from an honest one. */
export interface TokenLie {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `none`: without a signature; `other`: by a key that is not published. */
  readonly signature?: 'none' | 'other';
}

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider that an attacker has in hand: any code gives a token of the test's making. */
export async function aLyingProvider(clientId: string) {
  const [honest, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  const jwk = { ...(await exportJWK(honest.publicKey)), kid: 'first', alg: 'ES256', use: 'sig' };
  const state: { lie: TokenLie; nonce: string } = { lie: {}, nonce: '' };
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const idToken = async (): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: 'mallory',
      iat: now,
      exp: now + 60,
      nonce: state.nonce,
      email: 'administrator@desk.test',
      email_verified: true,
      ...state.lie.claims,
    };
    if (state.lie.signature === 'none') return `${text({ alg: 'none' })}.${text(claims)}.`;
    const key = state.lie.signature === 'other' ? other.privateKey : honest.privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'first' }).sign(key);
  };
  const answers: Readonly<Record<string, () => object | Promise<object>>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }),
    '/jwks': () => ({ keys: [jwk] }),
    '/token': async () => ({ access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: await idToken() }),
  };
  server.on('request', (request, response) => {
    const answer = answers[(request.url ?? '').split('?', 1)[0] ?? ''];
    request.resume();
    void Promise.resolve(answer?.()).then((body) => {
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
  });
  return {
    issuer,
    /** The nonce that the desk sent along, as the provider of its choice would learn it. */
    learn: (nonce: string) => void (state.nonce = nonce),
    lie: (lie: TokenLie) => void (state.lie = lie),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
