/** One ticket. */
export const ticket = {
  title: 'Ticket {{number}}',
  back: 'To the list',
  gone: 'There is no such ticket',
} as const;
