import { AccountChecks } from '#libs/channels';
import { answerOnce } from '#libs/platform';
import { emailGatewayVariables } from './email-gateway.config.js';
import { EmailGatewayModule } from './email-gateway.module.js';

// Forked by `switchboard doctor`: tries every account of this gateway and tells what was found.
await answerOnce(
  emailGatewayVariables,
  (variables) => EmailGatewayModule.forRoot(variables, 'check'),
  async (app) => ({ accounts: await app.get(AccountChecks, { strict: false }).run() }),
);
