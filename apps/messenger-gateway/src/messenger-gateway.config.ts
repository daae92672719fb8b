import { commonConfig } from '#libs/platform';
import type { z } from 'zod';

/** Variables of the messenger gateway: the common ones, because what a bot needs are the settings of its account. */
export const messengerGatewayVariables = commonConfig;
export type MessengerGatewayVariables = z.output<typeof messengerGatewayVariables>;
