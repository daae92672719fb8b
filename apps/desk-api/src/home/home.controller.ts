import { Controller, Get, Header } from '@nestjs/common';
import { PlatformConfig } from '#libs/platform';
import { Route } from '../access/route.decorator.js';
import { firstRunScript, stylesheet } from './assets.js';
import { homePage } from './home-page.js';

/** The front page, and what the pages of the API are drawn with. */
@Controller()
export class HomeController {
  constructor(private readonly config: PlatformConfig) {}

  @Get()
  @Route('home.open', { summary: 'What runs here', page: true })
  @Header('content-type', 'text/html; charset=utf-8')
  open(): string {
    return homePage(this.config.DESK_NAME);
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
}
