/** Top to bottom. A lib may import only libs written below it. */
export const stack = [
  'webhooks',
  'routing',
  'tickets',
  'channels',
  'specialists',
  'requesters',
  'access',
  'audit',
  'files',
  'queue',
  'database',
  'platform',
  'contracts',
];

const gateway = ['channels', 'files', 'queue', 'database', 'platform', 'contracts'];

/** What each app may import. A gateway translates: it knows nothing of tickets, requesters or specialists. */
export const apps = {
  'email-gateway': gateway,
  'messenger-gateway': gateway,
  router: stack,
  'desk-api': stack,
  switchboard: stack,
  // It knows the API by its description alone.
  console: [],
};
