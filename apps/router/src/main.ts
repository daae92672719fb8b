import { migrate } from '#libs/database';
import { serve } from '#libs/platform';
import { routerConfig } from './router.config.js';
import { RouterModule } from './router.module.js';

await serve('router', routerConfig, (config) => RouterModule.forRoot(config), {
  before: async ({ MIGRATE_ON_START, DATABASE_URL }) => {
    if (MIGRATE_ON_START) await migrate(DATABASE_URL);
  },
});
