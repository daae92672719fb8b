import { DeskError, type Fault, faultOf } from '#libs/platform';
import { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Refuses settings that do not fit the JSON Schema that the channel announced. */
export function checkSettings(settings: unknown, jsonSchema: Readonly<Record<string, unknown>>): void {
  const schema = z.fromJSONSchema(jsonSchema as Parameters<typeof z.fromJSONSchema>[0]);
  const answer = schema.safeParse(settings, { reportInput: true });
  if (!answer.success) throw new DeskError('invalid_input', undefined, faults(answer.error.issues, ['settings']));
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

/** A wrong constant means another alternative; after that, fewer faults fit better. */
const misfit = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code }) => sum + (code === 'invalid_value' || code === 'invalid_type' ? 100 : 1), 0);
