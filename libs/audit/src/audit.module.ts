import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { AuditVerifier } from './audit-verifier.service.js';
import { AuditRepository } from './audit.repository.js';
import { Checkpoints } from './checkpoints.store.js';

const door = [AuditLog, AuditRepository, AuditVerifier, Checkpoints];

@Module({ providers: door, exports: door })
export class AuditModule {}
