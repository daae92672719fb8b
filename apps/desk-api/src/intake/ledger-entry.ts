import { fates, inboxStates, type LedgerRow } from '#libs/channels';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';

const entryShape = z.object({
  id: idShape,
  accountId: idShape,
  channel: z.string(),
  externalKey: z.string(),
  source: z.record(z.string(), z.union([z.string(), z.number()])),
  state: z.enum(inboxStates),
  fate: z.enum(fates).nullable(),
  reason: z.string().nullable(),
  attempts: z.number().int(),
  ticketId: idShape.nullable(),
  messageId: idShape.nullable(),
  duplicateOf: idShape.nullable(),
  rawBytes: z.number().int(),
  rawUrl: z.string(),
  receivedAt: dateShape,
  doneAt: dateShape.nullable(),
});

const countShape = z.object({
  accountId: idShape,
  channel: z.string(),
  name: z.string(),
  received: z.number().int(),
  raw: z.number().int(),
  ready: z.number().int(),
  quarantined: z.number().int(),
  fates: z.record(z.string(), z.number().int()),
  lastReceivedAt: dateShape.nullable(),
  cursors: z.array(z.object({ name: z.string(), epoch: z.string(), position: z.string() })),
});

export const ledgerShape = z
  .object({ items: z.array(entryShape), next: z.string().nullable(), accounts: z.array(countShape).optional() })
  .meta({ id: 'IntakeLedger' });

/** A row as the ledger shows it: the key of the content store stays inside. */
export const ledgerEntry = ({ raw: _raw, ...row }: LedgerRow) => ({ ...row, rawUrl: `/api/v1/intake/${row.id}/raw` });
