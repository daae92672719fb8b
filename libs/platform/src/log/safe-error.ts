import { types } from 'node:util';

const longest = 2000;

/** PostgreSQL's class 22 (bad data) quotes the value that it did not like: `invalid input syntax for …: "value"`. */
const withoutValues = (message: string): string => message.replace(/(: )?"[^"]*"/g, '$1"…"');

/** Errors of another realm (a vm, a worker) are errors too, though no `instanceof` says so. */
export const isError = (thrown: unknown): thrown is Error => types.isNativeError(thrown) || thrown instanceof Error;

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
  if (!isError(thrown)) return { type: typeof thrown, message: 'not an error' };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  const frames = framesOf(thrown);
  return {
    type: thrown.name,
    message: told(thrown, code),
    ...(code && { code }),
    ...(frames.length > 0 && { stack: frames.join('\n') }),
    ...(isError(thrown.cause) && depth < 3 && { cause: safeError(thrown.cause, depth + 1) }),
  };
}

const told = ({ name, message }: Error, code = ''): string =>
  (name === 'QueryFailedError' || code.startsWith('22') ? withoutValues(message) : message).slice(0, longest);

const framesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20);
