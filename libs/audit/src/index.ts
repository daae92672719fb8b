// Who did what and saw whose data: one chain of entries that can be added to and never changed.
// Not for what the desk does (each lib's own rows) nor for which route writes what (the table of apps/desk-api).
// Owns the tables `audit_entry` and `audit_intent`.
export { AuditLog, type Intent } from './audit-log.service.js';
export { AuditModule } from './audit.module.js';
export { type AuditFilter, AuditRepository } from './audit.repository.js';
export { AuditVerifier, type ChainVerdict } from './audit-verifier.service.js';
export { callerNetwork } from './caller-network.js';
export { type Checkpoint, Checkpoints } from './checkpoints.store.js';
export {
  type Actor,
  type ActorType,
  actorTypes,
  type AuditDetails,
  type AuditEntry,
  type AuditObject,
  type AuditOutcome,
  auditOutcomes,
  type NewEntry,
} from './entry.js';
