import { Module } from '@nestjs/common';
import { AccessLinksRepository } from './access-links.repository.js';
import { AccessService } from './access.service.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';

const door = [
  AccessService,
  ApiKeysRepository,
  ApiKeysService,
  IdempotencyRepository,
  PeopleRepository,
  PeopleService,
  SessionsService,
];

@Module({ providers: [...door, AccessLinksRepository, PasswordsService, SessionsRepository], exports: door })
export class AccessModule {}
