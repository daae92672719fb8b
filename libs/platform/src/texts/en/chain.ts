/** What `switchboard audit verify` says. */
export const chain = {
  none: 'This data folder never had a desk: there is nothing to verify',
  good: 'The audit log is whole: {{entries}} entries, {{checkpoints}} ends noted outside the database met again.\nThe last entry is {{seq}}:{{hash}}',
  broken: 'The audit log is broken at entry {{seq}}: {{why}}',
  why: {
    gap: 'it is not at its place',
    link: 'it does not follow the one before, which is another one now',
    content: 'its content was changed',
    checkpoint: 'it is not the one that was noted outside the database',
    tail: 'it was noted outside the database and is gone: the end of the log was cut off',
  },
} as const;
