import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AccessModule } from '#libs/access';
import { AuditModule } from '#libs/audit';
import { ChannelsModule } from '#libs/channels';
import { DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { PlatformModule } from '#libs/platform';
import { QueueModule } from '#libs/queue';
import { RequestersModule } from '#libs/requesters';
import { RoutingModule } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule } from '#libs/tickets';
import { AccessGuard } from './access/access.guard.js';
import { RouteTable } from './access/route-table.service.js';
import { AccountsAdmin } from './accounts/accounts-admin.service.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AdministrationModule } from './administration.module.js';
import { AuditKeeper } from './audit/audit-keeper.service.js';
import { AuditTrail } from './audit/audit-trail.service.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditInterceptor } from './audit/audit.interceptor.js';
import { BoardController } from './board/board.controller.js';
import { ConsoleFiles } from './console/console-files.service.js';
import { DeskApiConfig, type DeskApiVariables } from './desk-api.config.js';
import { EventStreams } from './events/event-streams.service.js';
import { EventsController } from './events/events.controller.js';
import { FormAccounts } from './form/form-accounts.service.js';
import { FormBodyReader } from './form/form-body.service.js';
import { FormChecks } from './form/form-checks.service.js';
import { FormRequests } from './form/form-requests.service.js';
import { FormAdapter } from './form/form.adapter.js';
import { FormController } from './form/form.controller.js';
import { OwnMessages } from './form/own-messages.service.js';
import { OwnTickets } from './form/own-tickets.service.js';
import { PhoneAdapter } from './form/phone.adapter.js';
import { DeskChecks } from './health/desk-checks.service.js';
import { DeskMetrics } from './health/desk-metrics.service.js';
import { HealthController } from './health/health.controller.js';
import { FirstRunController } from './home/first-run.controller.js';
import { HomeController } from './home/home.controller.js';
import { HooksController } from './hooks/hooks.controller.js';
import { HooksService } from './hooks/hooks.service.js';
import { AnswersService } from './idempotency/answers.service.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IntakeController } from './intake/intake.controller.js';
import { ApiDocument } from './openapi/api-document.service.js';
import { OpenapiController } from './openapi/openapi.controller.js';
import { MyPasskeysController } from './passkeys/my-passkeys.controller.js';
import { PasskeyCeremonies } from './passkeys/passkey-ceremonies.service.js';
import { PasskeySessionController } from './passkeys/passkey-session.controller.js';
import { LinkSending } from './password-links/link-sending.service.js';
import { PasswordLinksController } from './password-links/password-links.controller.js';
import { PasswordMails } from './password-links/password-mails.service.js';
import { PasswordPageController } from './password-links/password-page.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PeopleProofsController } from './people/people-proofs.controller.js';
import { MySecondFactorController } from './second-factor/my-second-factor.controller.js';
import { MeController } from './session/me.controller.js';
import { MyPasswordController } from './session/my-password.controller.js';
import { MySessionsController } from './session/my-sessions.controller.js';
import { SessionCookies } from './session/session-cookies.service.js';
import { SessionController } from './session/session.controller.js';
import { SignInAnswers } from './session/sign-in-answers.service.js';
import { SignInMethodsController } from './session/sign-in-methods.controller.js';
import { Providers } from './single-sign-on/providers.client.js';
import { SingleSignOnController } from './single-sign-on/single-sign-on.controller.js';
import { SingleSignOn } from './single-sign-on/single-sign-on.service.js';
import { StartService } from './start/start.service.js';
import { DeskModule } from './tickets/desk.module.js';
import { EtagInterceptor } from './versions/etag.interceptor.js';

const controllers = [
  AccountsController,
  ApiKeysController,
  AuditController,
  BoardController,
  EventsController,
  FirstRunController,
  FormController,
  HealthController,
  HomeController,
  HooksController,
  IntakeController,
  MeController,
  MyPasskeysController,
  MyPasswordController,
  MySecondFactorController,
  MySessionsController,
  OpenapiController,
  PasskeySessionController,
  PasswordLinksController,
  PasswordPageController,
  PeopleController,
  PeopleProofsController,
  SessionController,
  SignInMethodsController,
  SingleSignOnController,
];
const services = [
  AccessGuard,
  AccountsAdmin,
  AnswersService,
  ApiDocument,
  AuditKeeper,
  AuditTrail,
  ConsoleFiles,
  DeskChecks,
  DeskMetrics,
  EventStreams,
  FormAccounts,
  FormBodyReader,
  FormChecks,
  FormRequests,
  HooksService,
  OwnMessages,
  LinkSending,
  OwnTickets,
  PasskeyCeremonies,
  PasswordMails,
  Providers,
  RouteTable,
  SessionCookies,
  SignInAnswers,
  SingleSignOn,
  StartService,
];

/** What stands before every handler, outermost first. */
const frame = [
  { provide: APP_GUARD, useExisting: AccessGuard },
  { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
  { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
  { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
];

const worldOf = ({ DATABASE_URL, DATABASE_POOL, DATA_DIR, REDIS_URL, QUEUE_PREFIX }: DeskApiVariables) => [
  DatabaseModule.forRoot({ url: DATABASE_URL, poolSize: DATABASE_POOL, applicationName: 'switchboard desk-api' }),
  QueueModule.forRoot({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, prefix: QUEUE_PREFIX }),
  FilesModule.forRoot({ dir: DATA_DIR }),
];

/** The HTTP API of the desk. */
@Module({})
export class DeskApiModule {
  static forRoot(variables: DeskApiVariables): DynamicModule {
    return {
      module: DeskApiModule,
      imports: [
        PlatformModule.forRoot({ name: 'desk-api', config: variables, probes: 'none' }),
        ...worldOf(variables),
        DiscoveryModule,
        AccessModule,
        AuditModule,
        ChannelsModule.host({ adapters: [FormAdapter, PhoneAdapter] }),
        ChannelsModule.rows(),
        RequestersModule,
        RoutingModule,
        SpecialistsModule,
        TicketsModule,
        DeskModule,
        AdministrationModule,
      ],
      controllers,
      providers: [{ provide: DeskApiConfig, useFactory: () => new DeskApiConfig(variables) }, ...services, ...frame],
    };
  }
}
