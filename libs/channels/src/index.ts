// How the desk is reached: the port of a channel, its host (lease, intake, normalizing, sending), inbox and outbox.
// Not for wire formats (each gateway's adapters) and not for tickets: a gateway decides nothing.
// Owns the tables `channel`, `account`, `cursor`, `inbox`, `outbox`, `outbox_event` and `account_trial`.
export type {
  Account,
  AccountFacts,
  AccountTrouble,
  AdapterClass,
  AddressOf,
  Capabilities,
  ChannelAdapter,
  Check,
  CursorPosition,
  Fence,
  Hook,
  Inbox,
  Normalized,
  OutboundItem,
  Place,
  RawItem,
  Sent,
} from './channel-adapter.js';
export type { AccountFilter, AccountRow, AccountState, NewAccount } from './accounts/account-row.js';
export { accountStates } from './accounts/account-row.js';
export { AccountsRepository } from './accounts/accounts.repository.js';
export type { Announcement } from './accounts/announcement.js';
export type { DeclaredAccount } from './accounts/accounts.service.js';
export { AccountsService } from './accounts/accounts.service.js';
export { ChannelsRepository } from './accounts/channels.repository.js';
export type { HostOptions } from './channels.module.js';
export { ChannelsModule } from './channels.module.js';
export { InboundSource } from './inbox/inbound-source.service.js';
export type {
  AccountCount,
  Fate,
  InboxState,
  LedgerFilter,
  LedgerRow,
  ReadyItem,
  ReadyRow,
  RowFate,
} from './inbox/inbox-row.js';
export { fates, inboxStates } from './inbox/inbox-row.js';
export { Intake } from './inbox/intake.service.js';
export { InboxRepository } from './inbox/inbox.repository.js';
export type { AccountLevel, Level } from './levels.repository.js';
export { LevelsRepository } from './levels.repository.js';
export type { NewOutbox, OutboxRow, UndeliveredFilter } from './outbox/outbox-row.js';
export { OutboxRepository } from './outbox/outbox.repository.js';
export { DeliveryReportsRepository } from './outbox/delivery-reports.repository.js';
export { type AccountReport, AccountChecks } from './check/account-checks.service.js';
export { TrialRequests } from './check/trial-requests.service.js';
