import { Module } from '@nestjs/common';
import { AccessLinksRepository } from './access-links.repository.js';
import { AccessService } from './access.service.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiKeysService } from './api-keys.service.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';
import { SecondFactorRepository } from './second-factor/second-factor.repository.js';
import { SecondFactorService } from './second-factor/second-factor.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { LivingPrincipals } from './living-principals.service.js';
import { OwnPassword } from './own-password.service.js';
import { PasskeysRepository } from './passkeys/passkeys.repository.js';
import { PasskeysService } from './passkeys/passkeys.service.js';
import { PasswordLinksRepository } from './password-links/password-links.repository.js';
import { PasswordLinks } from './password-links/password-links.service.js';
import { ChallengesRepository } from './sign-in/challenges.repository.js';
import { ChallengesService } from './sign-in/challenges.service.js';
import { FreshProof } from './sign-in/fresh-proof.service.js';
import { PasswordProof } from './sign-in/password-proof.service.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { ProviderIdentitiesRepository } from './single-sign-on/provider-identities.repository.js';
import { ProviderIdentities } from './single-sign-on/provider-identities.service.js';
import { AccessSweep } from './access-sweep.service.js';

const door = [
  AccessService,
  AccessSweep,
  ApiKeysRepository,
  ApiKeysService,
  ChallengesService,
  FreshProof,
  IdempotencyRepository,
  LivingPrincipals,
  OwnPassword,
  PasskeysRepository,
  PasskeysService,
  PasswordLinks,
  PasswordProof,
  PeopleRepository,
  PeopleService,
  ProviderIdentities,
  SecondFactorService,
  SessionsService,
  SignInService,
];
const inner = [
  AccessLinksRepository,
  ChallengesRepository,
  PasswordLinksRepository,
  PasswordsService,
  ProviderIdentitiesRepository,
  SecondFactorRepository,
  SessionsRepository,
];

@Module({ providers: [...door, ...inner], exports: door })
export class AccessModule {}
