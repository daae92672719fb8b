/** What the messenger itself shows of the bot. */
export const telegram = {
  commands: {
    new: 'Новое обращение',
    status: 'Мои обращения',
  },
} as const;
