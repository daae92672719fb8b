import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { prettyLine } from './pretty-line.js';
import { safeError } from './safe-error.js';

const longest = 2000;
const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, longest) : value);

const secretNames = (
  'address addresses authorization body cookie email headers html parameters password phone query raw secret secrets ' +
  'subject text token'
).split(' ');

export interface LogOptions {
  /** The process, as it stands in every line. */
  readonly name: string;
  readonly level: string;
  readonly format: 'json' | 'pretty';
  /** Where lines go; standard output unless a test wants to read them. */
  readonly to?: DestinationStream;
}

/**
 * The log of a process: one JSON object a line. Callers log ids; what slips in by a careless object is censored by
 * name, errors are reduced, long lines cut.
 */
export function createLogger({ name, level, format, to }: LogOptions): Logger {
  const output = to ?? destination({ fd: 1, sync: true });
  return pino(
    {
      level,
      base: { app: name },
      timestamp: stdTimeFunctions.epochTime,
      serializers: { err: safeError, error: safeError },
      redact: { paths: secretNames.flatMap((secret) => [secret, `*.${secret}`]), censor: '…' },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map(cut) as typeof args);
        },
      },
    },
    format === 'json' ? output : { write: (line) => output.write(prettyLine(line)) },
  );
}
