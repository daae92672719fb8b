import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods, type KnownRoute } from './allowed-methods.js';
import { hasOneHost } from './has-one-host.js';
import { readRest } from './read-rest.js';
import { securityHeaders } from './security-headers.js';
import { sendProblem } from './send-problem.js';
import { closeUnusedConnections } from './unused-connections.client.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Methods that a path has routes for. */
    methodsOf(path: string): string[];
  }
}

const oneMebibyte = 1_048_576;

export interface HttpServerOptions {
  /** Addresses whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[];
  /** People reach the desk by https. */
  readonly overTls: boolean;
}

/** The HTTP server of a process, bare of routes: limits, request ids, headers of every answer. */
export function createHttpAdapter({ trustProxy, overTls }: HttpServerOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: oneMebibyte,
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    // Never taken from the caller: the id leads into our log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    // A path that can't be decoded reaches no route and no filter.
    frameworkErrors: (_fault: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, { code: 'invalid_input' }),
  });
  const server: FastifyInstance = adapter.getInstance();
  const routes: KnownRoute[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  server.decorate('methodsOf', (path: string) => allowedMethods(routes, path));
  closeUnusedConnections(server);
  server.addHook('onRequest', async (request, reply) => {
    if (hasOneHost(request.raw.rawHeaders)) return;
    void reply.header('connection', 'close');
    sendProblem(request, reply, { code: 'invalid_input' });
    return reply;
  });
  let closing = false;
  server.addHook('preClose', async () => void (closing = true));
  server.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode === 413) await readRest(request.raw);
    const mediaType = String(reply.getHeader('content-type') ?? '');
    for (const [name, value] of Object.entries(securityHeaders(mediaType, overTls))) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    // A connection kept alive by its client would hold up the end of this process.
    if (closing) void reply.header('connection', 'close');
    return payload;
  });
  server.addHook('onResponse', async (request, reply) => logRequest(request, reply));
  return adapter;
}

const log = new Logger('Http');
const probes = /^\/(health\/|metrics$)/;

/** One line a request, by its route: the path itself, the query and who asked are personal data. */
function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'no route';
  const line = {
    method: request.method,
    route,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    requestId: request.id,
  };
  if (probes.test(route)) log.debug(line);
  else log.log(line);
}
