export const live = {
  lost: 'No connection to the server. Data as of {{time}}, trying again…',
  back: 'The connection is back',
  open: 'Updates by itself',
  connecting: 'Connecting…',
  retry: 'Check now',
} as const;
