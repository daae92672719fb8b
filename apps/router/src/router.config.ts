import type { z } from 'zod';
import { commonConfig } from '#libs/platform';

/** Variables of the router. */
export const routerConfig = commonConfig.extend({});
export type RouterConfig = z.output<typeof routerConfig>;
