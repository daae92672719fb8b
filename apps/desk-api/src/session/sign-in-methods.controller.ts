import { Controller, Get } from '@nestjs/common';
import { Database } from '#libs/database';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { PasskeyCeremonies } from '../passkeys/passkey-ceremonies.service.js';
import { Providers } from '../single-sign-on/providers.client.js';
import { PasswordMails } from '../password-links/password-mails.service.js';

const methodsShape = z
  .object({
    /** Whether a mail with a link to a new password can be sent. */
    passwordReset: z.boolean(),
    /** Where pages can use passkeys; null where none can. */
    passkeys: z.object({ origin: z.string() }).nullable(),
    /** Providers of single sign-on. */
    providers: z.array(z.object({ key: z.string(), title: z.string() })),
  })
  .meta({ id: 'SignInMethods' });

/** What the page of signing in offers. */
@Controller('api/v1/session/methods')
export class SignInMethodsController {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeyCeremonies,
    private readonly mails: PasswordMails,
    private readonly providers: Providers,
  ) {}

  @Get()
  @Route('session.methods', { summary: 'By which ways one can sign in here', answer: methodsShape })
  async get(): Promise<z.output<typeof methodsShape>> {
    const { party } = this.passkeys;
    return {
      passwordReset: await this.mails.possible(this.database.db),
      passkeys: party ? { origin: party.origin } : null,
      providers: this.providers.list().map(({ key, title }) => ({ key, title })),
    };
  }
}
