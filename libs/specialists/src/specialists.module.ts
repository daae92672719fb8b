import { Module } from '@nestjs/common';
import { QueuesRepository } from './queues.repository.js';
import { SpecialistsRepository } from './specialists.repository.js';

@Module({
  providers: [SpecialistsRepository, QueuesRepository],
  exports: [SpecialistsRepository, QueuesRepository],
})
export class SpecialistsModule {}
