import { migrate } from '#libs/database';
import { serve } from '#libs/platform';
import { emailGatewayVariables } from './email-gateway.config.js';
import { EmailGatewayModule } from './email-gateway.module.js';

await serve('email-gateway', emailGatewayVariables, (variables) => EmailGatewayModule.forRoot(variables), {
  before: async ({ DATABASE_URL, MIGRATE_ON_START }) => MIGRATE_ON_START && migrate(DATABASE_URL),
});
