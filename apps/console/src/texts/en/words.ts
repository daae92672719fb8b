/** Words of the domain, the same everywhere. */
export const words = {
  state: { waiting: 'Waiting', open: 'In work', pending: 'Their turn', closed: 'Closed' },
  channel: { email: 'Mail', telegram: 'Telegram', phone: 'Call', form: 'Form', other: 'Another channel' },
  role: {
    administrator: 'Administrator',
    supervisor: 'Supervisor',
    specialist: 'Specialist',
    director: 'Director',
  },
  nobody: 'Nobody',
  me: 'Me',
  unnamed: 'No name',
  ticket: 'Ticket',
  requester: 'Requester',
  assignee: 'Assignee',
  queue: 'Queue',
  kind: 'Kind',
  channelName: 'Channel',
  changed: 'Changed',
  created: 'Created',
  outcome: 'What was done',
} as const;
