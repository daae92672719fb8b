import { migrate } from '#libs/database';
import { serve } from '#libs/platform';
import { messengerGatewayVariables } from './messenger-gateway.config.js';
import { MessengerGatewayModule } from './messenger-gateway.module.js';

await serve('messenger-gateway', messengerGatewayVariables, (variables) => MessengerGatewayModule.forRoot(variables), {
  before: async ({ DATABASE_URL, MIGRATE_ON_START }) => MIGRATE_ON_START && migrate(DATABASE_URL),
});
