/** The front page of the API. */
export const home = {
  title: '{{name}}: support desk',
  about: 'Switchboard runs here: requests from e-mail, messengers, the form and calls in one stream.',
  docs: 'The API',
  openapi: 'OpenAPI document',
  ready: 'Readiness',
  board: 'Queues of jobs (for administrators)',
  noConsole: 'The console is not built yet; it is built by',
} as const;
