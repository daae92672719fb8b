import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openConsole } from './console/open-console.factory.js';
import { allowFormOrigins } from './form/form-origins.factory.js';
import { ApiDocument } from './openapi/api-document.service.js';

/** Adds to the bare HTTP server what the API needs: cookies, multipart, origins of forms, the console, the API's document. */
export async function setUp(app: NestFastifyApplication): Promise<void> {
  await app.register(cookie);
  await app.register(multipart);
  // Bodies are JSON or multipart; a page of another site could post plain text without asking.
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  allowFormOrigins(app);
  openConsole(app);
  app.get(ApiDocument).make(app);
}
