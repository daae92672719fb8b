import { commonConfig } from '#libs/platform';

/** Variables of the messenger gateway: the common ones. A bot's settings are those of its account. */
export const messengerGatewayVariables = commonConfig;
