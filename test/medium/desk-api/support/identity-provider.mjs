import { once } from 'node:events';
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';

/**
 * A real OpenID provider on the loopback. Who is at the browser is said by the test (`provider.who`), so that signing
 * in there needs no page; everything else is the protocol.
 */
export async function anIdentityProvider({ clientId, clientSecret, redirectUri, people }) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const state = { issuer, who: undefined, requests: [] };
  const { default: Provider } = await quietly(() => import('oidc-provider'));
  const configuration = {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [aKey()] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    // Everybody agrees to everything.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => void (ctx.body = out),
  };
  const provider = await quietly(() => new Provider(issuer, configuration));
  const protocol = provider.callback();
  server.on('request', (request, response) => {
    state.requests.push(`${request.method} ${request.url}`);
    if (!request.url.startsWith('/interaction/')) return protocol(request, response);
    const answer = state.who ? { login: { accountId: state.who, remember: false } } : { error: 'access_denied' };
    return provider.interactionFinished(request, response, answer).catch(() => response.destroy());
  });
  return {
    issuer,
    requests: state.requests,
    signIn: (who) => void (state.who = who),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const aKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid: 'first',
});

/** Without its notices that it is not meant for production like this. */
async function quietly(work) {
  const { info, warn } = console;
  Object.assign(console, { info: () => undefined, warn: () => undefined });
  try {
    return await work();
  } finally {
    Object.assign(console, { info, warn });
  }
}
