export const telegram = {
  commands: {
    new: 'New request',
    status: 'My requests',
  },
} as const;
