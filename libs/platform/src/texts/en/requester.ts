/** What the desk itself writes to requesters. */
export const requester = {
  noSubject: 'No subject',
  acknowledgement:
    'Hello!\n\nWe have received your request, its number is {{number}}. A specialist will answer you here.\n\nTo add anything, simply reply to this message.\n\n{{desk}}',
  bot: {
    start:
      'Hello! This is {{desk}}. Write what happened, and your message becomes a request.\n\n/new: begin a new request\n/status: your open requests',
    new: 'Your next message becomes a new request.',
    none: 'You have no open requests. Write what happened, and we will help.',
    open: 'Your open requests:',
    line: 'No. {{number}} "{{subject}}": {{state}}',
    states: {
      waiting: 'waiting for a specialist',
      open: 'in work',
      pending: 'waiting for your answer',
      closed: 'closed',
    },
  },
} as const;
