/** What the console says itself where the API could not. */
export const problem = {
  unreachable: 'The server does not answer',
  unreachableAbout: 'Check the network. We try again as soon as there is a connection.',
  unknown: 'That did not work',
} as const;
