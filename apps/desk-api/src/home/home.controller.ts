import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { DeskError, PlatformConfig } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { ConsoleFiles } from '../console/console-files.service.js';
import { firstRunScript, stylesheet } from './assets.js';
import { homePage } from './home-page.js';

/** The front page, which is the console where it is built, and what pages are drawn with. */
@Controller()
export class HomeController {
  constructor(
    private readonly config: PlatformConfig,
    private readonly files: ConsoleFiles,
  ) {}

  @Get()
  @Route('home.open', { summary: 'The console', page: true })
  @Header('content-type', 'text/html; charset=utf-8')
  async open(): Promise<string> {
    return (await this.files.page()) ?? homePage(this.config.DESK_NAME);
  }

  @Get('assets/desk.css')
  @Route('home.asset', { summary: 'Style of the pages', page: true })
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return stylesheet;
  }

  @Get('assets/first-run.js')
  @Route('home.asset', { summary: 'Script of the first-run page', page: true })
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return firstRunScript;
  }

  @Get('assets/:file')
  @Route('home.asset', { summary: 'A file of the console', page: true })
  async asset(
    @Param('file', { schema: z.string().max(200) }) name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.asset(name, /\bgzip\b/.test(encodings ?? ''));
    if (!file) throw new DeskError('not_found');
    await reply.headers(file.headers).send(file.body);
  }
}
