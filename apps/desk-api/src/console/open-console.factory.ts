import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConsoleFiles } from './console-files.service.js';
import { isNavigation } from './is-navigation.js';

/**
 * Answers browsers that go to an address of the console with its page. Only where no route is: everything that has
 * one stays as it is, and what a program misses is still a 404 in its own form.
 */
export function openConsole(app: NestFastifyApplication): void {
  const files = app.get(ConsoleFiles);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', async ({ is404, method, url, headers }, reply) => {
    if (!is404) return;
    const [path = ''] = url.split('?', 1);
    const destination = headers['sec-fetch-dest'] as string | undefined;
    if (!isNavigation({ method, path, accept: headers.accept, destination })) return;
    const page = await files.page();
    if (page) return reply.type('text/html; charset=utf-8').send(page);
  });
}
