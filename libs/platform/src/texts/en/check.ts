/** Steps of trying a channel, by their names: `receive.login`. */
export const check = {
  address: 'The mailbox has an address',
  api: { place: 'Address of the Bot API server' },
  form: 'The form',
  gateway: 'The process of the channel',
  phone: 'The phone',
  receive: {
    connect: 'Connecting to the receiving server',
    login: 'Signing in to the receiving server',
    mailbox: 'Opening the folder of the mailbox',
    place: 'Address of the receiving server',
    resolve: 'Name of the receiving server',
  },
  send: {
    connect: 'Connecting to the sending server',
    folder: 'Writing into the folder for mails',
    login: 'Signing in to the sending server',
    place: 'Address of the sending server',
    resolve: 'Name of the sending server',
  },
  settings: 'The settings',
  'sign-in': 'Signing the bot in',
  verify: 'Trying the channel',
} as const;
