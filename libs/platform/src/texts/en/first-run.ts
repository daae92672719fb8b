/** The page of the first-run link. */
export const firstRun = {
  title: 'First administrator',
  about: 'The link works once. Password: 12 characters at least.',
  name: 'Name',
  email: 'E-mail',
  password: 'Password',
  send: 'Create',
  done: 'Done: you can sign in now.',
} as const;
