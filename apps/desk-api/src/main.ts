import { migrate } from '#libs/database';
import { serve } from '#libs/platform';
import { deskApiVariables } from './desk-api.config.js';
import { DeskApiModule } from './desk-api.module.js';
import { setUp } from './set-up.factory.js';

await serve('desk-api', deskApiVariables, (variables) => DeskApiModule.forRoot(variables), {
  listen: ({ HOST, PORT }) => ({ host: HOST, port: PORT }),
  before: async ({ DATABASE_URL, MIGRATE_ON_START }) => MIGRATE_ON_START && migrate(DATABASE_URL),
  setUp,
});
