import { Logger } from '@nestjs/common';
import { Intake } from '#libs/channels';
import type { ChannelAdapter } from '#libs/channels';
import type { PlatformConfig } from '#libs/platform';
import { AccountLeasesRepository } from '../../../../libs/channels/src/accounts/account-leases.repository.js';
import { AccountStatus } from '../../../../libs/channels/src/host/account-status.service.js';
import { Adapters } from '../../../../libs/channels/src/host/adapters.js';
import { Announcing } from '../../../../libs/channels/src/host/announcing.service.js';
import { ChannelHost } from '../../../../libs/channels/src/host/channel-host.service.js';
import { FileFetching } from '../../../../libs/channels/src/host/file-fetching.service.js';
import { HostedAccounts } from '../../../../libs/channels/src/host/hosted-accounts.service.js';
import { HostLimits } from '../../../../libs/channels/src/host/host-limits.js';
import { LeaseKeeper } from '../../../../libs/channels/src/host/lease-keeper.service.js';
import { Normalizing } from '../../../../libs/channels/src/host/normalizing.service.js';
import { Outbound } from '../../../../libs/channels/src/host/outbound.service.js';
import { Parsers } from '../../../../libs/channels/src/host/parsers.service.js';
import { RawEnds } from '../../../../libs/channels/src/host/raw-ends.service.js';
import { RawWork } from '../../../../libs/channels/src/host/raw-work.service.js';
import { Receiving } from '../../../../libs/channels/src/host/receiving.service.js';
import { SendAttempt } from '../../../../libs/channels/src/host/send-attempt.service.js';
import { SendingEnds } from '../../../../libs/channels/src/host/sending-ends.service.js';
import type { Desk } from './a-desk.js';

// What goes wrong here does so on purpose.
Logger.overrideLogger(false);

const quick: Partial<HostLimits> = {
  openMs: 500,
  pollMs: 30,
  sweepMs: 30,
  pauseMs: 20,
  longestPauseMs: 100,
  fetchPauseMs: 1,
  lateMs: 50,
  stopMs: 2_000,
  parserEntry: new URL('../../../../dist/libs/channels/src/host/parser/parser-child.command.js', import.meta.url),
};

/** A host on this desk, built by hand and quick; `start` and `stop` are what Nest would call. */
export function aHost(desk: Desk, adapter: ChannelAdapter, more: Partial<HostLimits> = {}) {
  const { database, files, queue, accounts, channels, service, events, inbox, raw, sending } = desk;
  const limits = Object.assign(new HostLimits(), quick, more);
  const adapters = new Adapters([adapter]);
  const hosted = new HostedAccounts(database, accounts, service, adapters, { DESK_LOCALE: 'en' } as PlatformConfig);
  const status = new AccountStatus(database, accounts, events);
  const parsers = new Parsers(limits);
  const ends = new RawEnds(database, queue, raw, inbox);
  const fetching = new FileFetching(files, hosted, limits);
  const normalizing = new Normalizing(files, hosted, parsers, fetching, ends);
  const work = new RawWork(database, raw, normalizing, adapters, limits);
  const intake = new Intake(database, files, raw);
  const receiving = new Receiving(database, intake, raw, work, status, limits);
  const leases = new LeaseKeeper(database, new AccountLeasesRepository(), limits, adapters);
  const announcing = new Announcing(database, channels, service, adapters);
  const host = new ChannelHost(announcing, hosted, leases, receiving, status, limits);
  const sendingEnds = new SendingEnds(database, files, queue, sending, inbox, limits);
  const attempt = new SendAttempt(files, hosted, sendingEnds, status, limits, desk.secrets);
  return {
    intake,
    normalizing,
    outbound: new Outbound(database, sending, adapters, attempt, work, limits),
    start: async () => {
      await host.onApplicationBootstrap();
      work.onApplicationBootstrap();
    },
    stop: async () => {
      await Promise.all([host.beforeApplicationShutdown(), work.beforeApplicationShutdown()]);
      parsers.onApplicationShutdown();
    },
  };
}
