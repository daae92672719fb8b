import { commonConfig } from '#libs/platform';
import type { z } from 'zod';

/** Variables of the e-mail gateway: the common ones, because what a mailbox needs are the settings of its account. */
export const emailGatewayVariables = commonConfig;
export type EmailGatewayVariables = z.output<typeof emailGatewayVariables>;
