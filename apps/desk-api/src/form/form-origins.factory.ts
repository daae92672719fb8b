import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FormAccounts } from './form-accounts.service.js';
import { crossOriginAnswer, formOf } from './form-origins.js';

/**
 * Lets pages of the learning platform use a form from their own origin. Comes before everything else, so that errors
 * can be read by the page too; it opens nothing, the guard decides as for every other caller.
 */
export function allowFormOrigins(app: NestFastifyApplication): void {
  const forms = app.get(FormAccounts, { strict: false });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async ({ method, url, headers: { origin } }, reply) => {
      const name = origin === undefined ? undefined : formOf(url);
      if (origin === undefined || name === undefined) return;
      const form = await forms.get(name).catch(() => undefined);
      const answer = crossOriginAnswer(method, origin, form?.settings.origins ?? []);
      if (!answer) return;
      void reply.headers(answer.headers);
      if (answer.preflight) await reply.code(204).send();
    });
}
