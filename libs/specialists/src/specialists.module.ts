import { Module } from '@nestjs/common';
import { KindsRepository } from './kinds.repository.js';
import { QueuesRepository } from './queues.repository.js';
import { SpecialistsRepository } from './specialists.repository.js';

@Module({
  providers: [KindsRepository, QueuesRepository, SpecialistsRepository],
  exports: [KindsRepository, QueuesRepository, SpecialistsRepository],
})
export class SpecialistsModule {}
