import { DeskError, type Fault, faultOf } from '#libs/platform';
import { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Refuses settings that do not fit the JSON Schema that the channel announced. */
export function checkSettings(settings: unknown, jsonSchema: Readonly<Record<string, unknown>>): void {
  const schema = z.fromJSONSchema(jsonSchema as Parameters<typeof z.fromJSONSchema>[0]);
  const answer = schema.safeParse(settings, { reportInput: true });
  if (answer.success) return;
  const found = faults(answer.error.issues, ['settings']);
  // What the schema wants of a value and what its alternatives want of it is told once.
  const told = found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
  throw new DeskError('invalid_input', undefined, told);
}

/** Of alternatives (`receive` by IMAP or by SMTP) only the one that was meant is told: the one that fits best. */
function faults(issues: readonly Issue[], path: readonly PropertyKey[]): Fault[] {
  return issues.flatMap((issue) => {
    const here = [...path, ...issue.path];
    const meant =
      issue.code === 'invalid_union' ? [...issue.errors].sort((a, b) => misfit(a) - misfit(b))[0] : undefined;
    return meant ? faults(meant, here) : [faultOf({ ...issue, path: here })];
  });
}

/** A wrong constant means another alternative; after that a missing value fits better than one of another type. */
const misfit = (issues: readonly Issue[]): number => issues.reduce((sum, issue) => sum + weight(issue), 0);

function weight({ code, input }: Issue): number {
  if (code === 'invalid_value') return 100;
  if (code === 'invalid_type') return input === undefined ? 10 : 100;
  return 1;
}
