// Who may do what: people and their roles, sessions, API keys, and THE policy table of all routes.
// Not for what a specialist works on (libs/specialists) and not for HTTP (apps/desk-api has the guard).
// Owns the tables person, session, access_link, api_key, idempotency_key, sign_in_challenge, totp, recovery_code,
// passkey, provider_identity.
export { AccessModule } from './access.module.js';
export { AccessService, type FirstAdministrator } from './access.service.js';
export { bootstrapKey } from './api-key.js';
export { type ApiKey, ApiKeysRepository } from './api-keys.repository.js';
export { ApiKeysService, type IssuedKey, type KeyWish } from './api-keys.service.js';
export { IdempotencyRepository, type IdempotentWrite } from './idempotency.repository.js';
export { LivingPrincipals } from './living-principals.service.js';
export { OwnPassword } from './own-password.service.js';
export { type Passkey, type PasskeyFacts, PasskeysRepository } from './passkeys/passkeys.repository.js';
export { PasskeysService } from './passkeys/passkeys.service.js';
export { type IssuedLink, PasswordLinks } from './password-links/password-links.service.js';
export type { PasswordLinkPurpose } from './password-links/password-links.repository.js';
export { PeopleRepository, type NewPerson, type Person } from './people.repository.js';
export { PeopleService, type PersonUpdate, type PersonWish } from './people.service.js';
export { describePolicy, mayCall, policy, type RouteId, type RoutePolicy } from './policy.js';
export { type PersonPrincipal, type Principal, principalName, type ProgramPrincipal } from './principal.js';
export { RateLimit } from './rate-limit.js';
export { type Role, roles } from './role.js';
export { type Scope, scopes } from './scope.js';
export {
  type BrowserName,
  browserNames,
  type Device,
  readDevice,
  type SystemName,
  systemNames,
} from './sessions/device.js';
export {
  type Enrolment,
  type SecondFactorProof,
  SecondFactorService,
  type SecondFactorState,
} from './second-factor/second-factor.service.js';
export type { OwnSession } from './sessions/sessions.repository.js';
export { SessionsService, type SignedIn } from './sessions/sessions.service.js';
export { ChallengesService, type OpenChallenge } from './sign-in/challenges.service.js';
export { FreshProof } from './sign-in/fresh-proof.service.js';
export { PasswordProof } from './sign-in/password-proof.service.js';
export { SignInService, type SignInStep, type Visitor } from './sign-in/sign-in.service.js';
export { AccessSweep } from './access-sweep.service.js';
export {
  type NewcomerRule,
  type ProviderClaims,
  ProviderIdentities,
} from './single-sign-on/provider-identities.service.js';
export { newcomerRule, providerList, type ProviderSettings } from './single-sign-on/provider-settings.js';
