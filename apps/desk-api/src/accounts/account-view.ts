import { type AccountRow, accountStates } from '#libs/channels';
import type { Locale } from '#libs/contracts';
import { troubleText } from '#libs/platform';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';
import { secretPaths } from './keep-secrets.js';

export const accountShape = z
  .object({
    id: idShape,
    channel: z.string(),
    name: z.string(),
    address: z.string().nullable(),
    settings: z.record(z.string(), z.unknown()),
    /** Settings that have a sealed value, by path; they can be written, never read. */
    secretsSet: z.array(z.string()),
    queueId: idShape.nullable(),
    enabled: z.boolean(),
    state: z.enum(accountStates),
    stateAt: dateShape,
    /** What is wrong, for programs and in words; null while all is well. */
    trouble: z.object({ code: z.string(), text: z.string(), detail: z.string().nullable() }).nullable(),
    lastInAt: dateShape.nullable(),
    lastOutAt: dateShape.nullable(),
    holdUntil: dateShape.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Account' });

/** An account as people see it. `full`: all its settings, of which only the places of the secret ones are told. */
export function accountView(row: AccountRow, full: Readonly<Record<string, unknown>> | undefined, locale: Locale) {
  const { secrets: _sealed, stateCode, stateDetail, ...shown } = row;
  const { state, ...facts } = shown;
  const trouble =
    stateCode === null ? null : { code: stateCode, text: troubleText(locale, stateCode), detail: stateDetail };
  return { ...facts, state, secretsSet: secretPaths(full ?? {}, row.settings), trouble };
}
