import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata, type Type } from '@nestjs/common';
import { QueueModule } from '#libs/queue';
import { AccountLeasesRepository } from './accounts/account-leases.repository.js';
import { AccountsRepository } from './accounts/accounts.repository.js';
import { AccountsService } from './accounts/accounts.service.js';
import { ChannelsRepository } from './accounts/channels.repository.js';
import type { AdapterClass, ChannelAdapter } from './channel-adapter.js';
import { AccountTrialsRepository } from './check/account-trials.repository.js';
import { AccountTrials } from './check/account-trials.service.js';
import { TrialRequests } from './check/trial-requests.service.js';
import { AccountChecks } from './check/account-checks.service.js';
import { AccountStatus } from './host/account-status.service.js';
import { Adapters } from './host/adapters.js';
import { Announcing } from './host/announcing.service.js';
import { ChannelHost } from './host/channel-host.service.js';
import { checkJobOf, outboundJobOf } from './host/channel-jobs.job.js';
import { FileFetching } from './host/file-fetching.service.js';
import { HostLimits } from './host/host-limits.js';
import { HostedAccounts } from './host/hosted-accounts.service.js';
import { LeaseKeeper } from './host/lease-keeper.service.js';
import { Normalizing } from './host/normalizing.service.js';
import { Outbound } from './host/outbound.service.js';
import { Parsers } from './host/parsers.service.js';
import { RawEnds } from './host/raw-ends.service.js';
import { RawWork } from './host/raw-work.service.js';
import { Receiving } from './host/receiving.service.js';
import { SendAttempt } from './host/send-attempt.service.js';
import { SendingEnds } from './host/sending-ends.service.js';
import { InboundSource } from './inbox/inbound-source.service.js';
import { InboxRepository } from './inbox/inbox.repository.js';
import { Intake } from './inbox/intake.service.js';
import { RawInboxRepository } from './inbox/raw-inbox.repository.js';
import { LevelsRepository } from './levels.repository.js';
import { DeliveryReportsRepository } from './outbox/delivery-reports.repository.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { SendingRepository } from './outbox/sending.repository.js';

export interface HostOptions {
  /** The channels of this gateway: a new one is one more line here. */
  readonly adapters: readonly AdapterClass[];
  /** Modules and providers that the adapters need. */
  readonly imports?: ModuleMetadata['imports'];
  readonly providers?: ModuleMetadata['providers'];
  /** Other limits than those of `HostLimits`. */
  readonly limits?: Partial<HostLimits>;
}

const shared = [
  TrialRequests,
  AccountsRepository,
  AccountsService,
  ChannelsRepository,
  DeliveryReportsRepository,
  InboundSource,
  InboxRepository,
  Intake,
  LevelsRepository,
  OutboxRepository,
];
const inner = [AccountLeasesRepository, AccountTrialsRepository, RawInboxRepository, SendingRepository];

const host = [
  AccountStatus,
  AccountTrials,
  Announcing,
  ChannelHost,
  FileFetching,
  HostedAccounts,
  LeaseKeeper,
  Normalizing,
  Outbound,
  Parsers,
  RawEnds,
  RawWork,
  Receiving,
  SendAttempt,
  SendingEnds,
];

/** The rows alone: for processes that read and write them and serve no channel. */
@Module({ providers: [...shared, ...inner], exports: [...shared, ...inner] })
class ChannelRowsModule {}

@Module({})
class ChannelHostModule {}

@Module({})
class ChannelChecksModule {}

type Classes = readonly (AdapterClass & Type<ChannelAdapter>)[];

const adaptersOf = (classes: Classes): FactoryProvider<Adapters> => ({
  provide: Adapters,
  useFactory: (...list: ChannelAdapter[]) => new Adapters(list),
  inject: [...classes],
});

@Module({})
export class ChannelsModule {
  static rows(): DynamicModule {
    return { module: ChannelsModule, imports: [ChannelRowsModule], exports: [ChannelRowsModule] };
  }

  /** Tries the accounts of these adapters (`AccountChecks`) and serves none of them. */
  static checks({ adapters, imports = [], providers = [] }: Omit<HostOptions, 'limits'>): DynamicModule {
    const classes = adapters as Classes;
    return {
      module: ChannelChecksModule,
      imports: [ChannelRowsModule, ...imports],
      providers: [...classes, ...providers, adaptersOf(classes), HostedAccounts, AccountChecks],
      exports: [AccountChecks],
    };
  }

  /** The rows, and the host of these adapters: takes in, normalizes and sends. */
  static host({ adapters, imports = [], providers = [], limits = {} }: HostOptions): DynamicModule {
    const classes = adapters as Classes;
    const hosting: DynamicModule = {
      module: ChannelHostModule,
      imports: [ChannelRowsModule, ...imports],
      providers: [
        ...classes,
        ...providers,
        ...host,
        { provide: HostLimits, useValue: Object.assign(new HostLimits(), limits) },
        adaptersOf(classes),
      ],
      exports: [ChannelRowsModule, ...host, ...classes],
    };
    const jobs = classes.flatMap((adapter) => [outboundJobOf(adapter), checkJobOf(adapter)]);
    return {
      module: ChannelsModule,
      imports: [
        hosting,
        QueueModule.work({
          jobs: jobs.map(({ job }) => job),
          handlers: jobs.map(({ handler }) => handler),
          sources: jobs.map(({ source }) => source),
          imports: [hosting],
        }),
      ],
      exports: [hosting],
    };
  }
}
