/** Mails and the page by which a person sets a password. */
export const passwordLink = {
  invitationSubject: 'Invitation to {{desk}}',
  invitation:
    'Hello!\n\nYou were added to {{desk}}. Choose a password to sign in:\n\n<{{link}}>\n\nThe link works for 72 hours and once only. If you did not expect this mail, do nothing.',
  resetSubject: 'A new password for {{desk}}',
  reset:
    'Hello!\n\nSomebody asked for a new password of your account at {{desk}}. If it was you, choose one:\n\n<{{link}}>\n\nThe link works for one hour and once only. If it was not you, do nothing: your password stays.',
  title: 'Your password',
  about: '12 characters at least. The link works once.',
  whose: 'Account',
  password: 'New password',
  send: 'Save',
  done: 'Done: you can sign in now.',
  enter: 'Sign in',
  dead: 'The link was used or is too old. Ask for a new one.',
  failed: 'That did not work. Check the connection and try again.',
} as const;
