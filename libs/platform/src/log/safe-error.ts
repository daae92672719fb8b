const longest = 2000;

/** PostgreSQL's class 22 (bad data) quotes the value that it did not like: `invalid input syntax for …: "value"`. */
const withoutValues = (message: string): string => message.replace(/(: )?"[^"]*"/g, '$1"…"');

/** What the log may hold of an error: never parameters of a statement, rows, mails or answers of a provider. */
export interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** Frames only: the first line of a stack repeats the message. */
  readonly stack?: string;
  readonly cause?: SafeError;
}

/** Reduces what was thrown to what may be logged. */
export function safeError(thrown: unknown, depth = 0): SafeError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: 'not an error' };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const fromServer = thrown.name === 'QueryFailedError' || /^22/.test(code ?? '');
  const message = (fromServer ? withoutValues(thrown.message) : thrown.message).slice(0, longest);
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: thrown.name,
    message,
    ...(code && { code }),
    ...(frames.length > 0 && { stack: frames.slice(0, 20).join('\n') }),
    ...(thrown.cause instanceof Error && depth < 3 && { cause: safeError(thrown.cause, depth + 1) }),
  };
}
