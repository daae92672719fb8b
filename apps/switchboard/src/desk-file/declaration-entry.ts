import type { NewEntry } from '#libs/audit';
import type { DeclaredDesk } from './desk-file.js';

/** What the audit log is told of a desk file: how much it declares. Whatever follows was done by whoever holds it. */
export const declarationEntry = (file: DeclaredDesk, at: Date): NewEntry => ({
  at,
  actor: { type: 'desk', id: null, role: null },
  act: 'desk.declared',
  object: { type: 'desk', id: null },
  outcome: 'done',
  network: null,
  details: {
    people: file.people.length,
    queues: file.queues.length,
    kinds: file.kinds.length,
    accounts: file.accounts.length,
    rules: file.rules?.length ?? null,
  },
});
