import { Module } from '@nestjs/common';
import { RequestersRepository } from './requesters.repository.js';
import { RequestersService } from './requesters.service.js';

@Module({ providers: [RequestersRepository, RequestersService], exports: [RequestersRepository, RequestersService] })
export class RequestersModule {}
