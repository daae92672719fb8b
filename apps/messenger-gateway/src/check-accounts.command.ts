import { AccountChecks } from '#libs/channels';
import { answerOnce } from '#libs/platform';
import { messengerGatewayVariables } from './messenger-gateway.config.js';
import { MessengerGatewayModule } from './messenger-gateway.module.js';

// Forked by `switchboard doctor`: tries every account of this gateway and tells what was found.
await answerOnce(
  messengerGatewayVariables,
  (variables) => MessengerGatewayModule.forRoot(variables, 'check'),
  async (app) => ({ accounts: await app.get(AccountChecks, { strict: false }).run() }),
);
