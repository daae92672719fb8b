import { Controller, Get, Header, Headers } from '@nestjs/common';
import { localeOf } from '#libs/platform';
import { Route } from '../access/route.decorator.js';
import { passwordPage, passwordScript } from './password-page.js';

/** The page that the links in our mails open. */
@Controller()
export class PasswordPageController {
  @Get('password')
  @Route('passwordLinks.open', { summary: 'The page of a password link', page: true })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('referrer-policy', 'no-referrer')
  open(@Headers('accept-language') language: string | undefined): string {
    return passwordPage(localeOf(language));
  }

  @Get('assets/password.js')
  @Route('home.asset', { summary: 'Script of the page of a password link', page: true })
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return passwordScript;
  }
}
