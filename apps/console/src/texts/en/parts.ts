/** Texts of the parts that every screen uses. */
export const parts = {
  copied: 'Copied',
  copyRequestId: 'Copy the request id',
  requestId: 'Request id: {{id}}',
  retry: 'Try again',
  reload: 'Open anew',
  loading: 'Loading…',
  crashed: 'This screen broke',
  crashedAbout:
    'Everything else works. Open the screen anew; if that does not help, give the text below to an administrator.',
  updated: 'There is a new version',
  updatedAbout: 'This page was opened long ago, and the server has a newer version. Open it anew.',
  notFound: 'There is no such page',
  notFoundAbout: 'There may be a misprint in the address.',
  toStart: 'To the front page',
  forbidden: 'Not allowed',
  forbiddenAbout: 'This section is open to other roles. If you need it, ask an administrator.',
} as const;
