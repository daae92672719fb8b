/** An address of this console to go on to after sign-in; anything else, and the sign-in page itself, is the front page. */
export const wayBack = (asked: string | undefined): string =>
  asked && /^\/(?![/\\])/.test(asked) && !/[\s\\]/.test(asked) && !asked.startsWith('/sign-in') ? asked : '/';
