import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DeskError } from '#libs/platform';
import { Route } from '../access/route.decorator.js';
import { page } from '../home/page.js';
import { ApiDocument } from './api-document.service.js';

/** Files of the reader's package that the page loads; nothing comes from a foreign server. */
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const startScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });\n`;

/** The reader sets inline styles and images of its own; its scripts are ours alone. */
const readerPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The description of the API, for programs and for people. */
@Controller('api')
export class OpenapiController {
  private readonly require = createRequire(import.meta.url);

  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Route('openapi.read', { summary: 'The OpenAPI 3.1 document of this API', answer: z.record(z.string(), z.unknown()) })
  read() {
    return this.document.read();
  }

  @Get('docs')
  @Route('docs.open', { summary: 'The API for people', page: true })
  async open(@Res() reply: FastifyReply): Promise<void> {
    const body =
      '<link rel="stylesheet" href="/api/docs/swagger-ui.css">\n<div id="api"></div>\n' +
      '<script src="/api/docs/swagger-ui-bundle.js"></script>\n<script src="/api/docs/start.js"></script>';
    const html = page({ locale: 'en', title: 'Switchboard API', body });
    await reply.type('text/html; charset=utf-8').header('content-security-policy', readerPolicy).send(html);
  }

  @Get('docs/:file')
  @Route('docs.open', { summary: 'A file of the page', page: true })
  async file(@Param('file', { schema: z.string().max(100) }) name: string, @Res() reply: FastifyReply): Promise<void> {
    if (name === 'start.js') return void (await reply.type('text/javascript; charset=utf-8').send(startScript));
    const type = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!type) throw new DeskError('not_found');
    const bytes = await readFile(this.require.resolve(`swagger-ui-dist/${name}`));
    await reply.type(type).header('cache-control', 'public, max-age=3600').send(bytes);
  }
}
