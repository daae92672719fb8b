/** What `npm start` prints when the desk is up. */
export const start = {
  running: 'Switchboard is running: {{url}}',
  alreadyRuns: 'A desk already runs on {{dataDir}}. Stop it first, or set DATA_DIR to another folder.',
  portTaken: '{{variable}}: port {{port}} is taken by another program. End that one, or name another port.',
  folderRefused:
    'DATA_DIR: the folder {{dataDir}} cannot be made or written ({{code}}). Name a folder that this user may write.',
  databaseAway: 'DATABASE_URL: {{reason}}. Check the address, the password, and that the server runs.',
  roleEnded: '{{name}} ended before it was ready ({{how}}). Its reason stands above.',
  firstRun: 'Make the first administrator: {{link}}',
  database: {
    embedded: 'Database: embedded PostgreSQL, data in {{dataDir}}',
    given: 'Database: from DATABASE_URL, files in {{dataDir}}',
  },
  queue: {
    redis: 'Queues: BullMQ on Redis (REDIS_URL)',
    postgres: 'Queues: BullMQ on PostgreSQL (REDIS_URL is not set)',
  },
  try: {
    mail: 'Write to the desk: any mail program, to help@demo.localhost by SMTP 127.0.0.1:{{port}}',
    answers: 'Read the answers: .eml files in {{folder}}',
    form: 'Send the form: POST {{url}}/api/v1/forms/demo/requests',
    people: 'Sign in as a specialist: anna@, boris@, vera@demo.localhost, password in {{file}}',
    docs: 'Description of the API: {{url}}/api/docs',
  },
  stop: 'Stop: Ctrl+C. The data stays.',
} as const;
