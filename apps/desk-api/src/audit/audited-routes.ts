import type { RouteId } from '#libs/access';
import type { TextKey } from '#libs/platform';

/** Name of an act: each has its text in both languages. */
export type Act = TextKey extends infer Key ? (Key extends `audit.${infer Name}` ? Name : never) : never;

/** What the log is told of a route. */
export interface Audited {
  readonly act: Act;
  /** What the act is done to; its id is in the path, or else in the answer. */
  readonly object?: string;
  /** Which parameter of the path is the id, where it is not `id`; `caller`: the act is about whoever calls. */
  readonly idIn?: string;
  /** Somebody only looked. The same look within a few minutes is one entry. */
  readonly reads?: true;
  /** The look at somebody's data is a search: without these in the query it is none. */
  readonly onlyWith?: readonly string[];
  /** Bytes leave while the handler runs, so that the entry must be noted before. */
  readonly streams?: true;
  /** Fields of the body whose values are told, too; of all others the name alone. */
  readonly values?: readonly string[];
  /** Fields of the answer whose values are told: states, ids. */
  readonly answers?: readonly string[];
  /** A field of the body, or of the answer, that is told as a pseudonym: equal for equal values, and nothing more. */
  readonly pseudonym?: string;
  /** Somebody comes in by this act: the answer says who it was. */
  readonly actorInAnswer?: true;
}

const looks = (act: Act, object: string, more: Partial<Audited> = {}): Audited => ({
  act,
  object,
  reads: true,
  ...more,
});
const does = (act: Act, object: string, more: Partial<Audited> = {}): Audited => ({ act, object, ...more });

/**
 * What is written of each route. `none` is for what shows no personal data of requesters and changes nothing, for
 * what a requester does (the intake ledger holds it) and for what a provider delivers.
 */
export const auditedRoutes: Readonly<Record<RouteId, Audited | 'none'>> = {
  'accounts.create': does('account.added', 'account', { values: ['channel', 'enabled'] }),
  'accounts.get': 'none',
  'accounts.list': 'none',
  'accounts.test': does('account.tested', 'account', { values: ['channel', 'accountId'] }),
  'accounts.update': does('account.changed', 'account', { values: ['enabled', 'queueId'] }),
  'acknowledgements.list': 'none',
  'acknowledgements.preview': 'none',
  'acknowledgements.remove': does('template.removed', 'template', { idIn: 'channel' }),
  'acknowledgements.write': does('template.changed', 'template', { idIn: 'channel' }),
  'apiKeys.create': does('apiKey.issued', 'apiKey', { values: ['scopes', 'expiresAt'] }),
  'apiKeys.list': 'none',
  'apiKeys.revoke': does('apiKey.revoked', 'apiKey'),
  'attachments.get': looks('attachment.downloaded', 'attachment', { idIn: 'attachmentId', streams: true }),
  'attachments.upload': does('attachment.uploaded', 'upload'),
  'audit.list': looks('audit.read', 'audit'),
  'audit.verify': looks('audit.verified', 'audit'),
  'board.open': 'none',
  'bulk.create': does('ticket.manyMoved', 'bulkAct', {
    values: ['act', 'specialistId', 'force', 'queue', 'kind', 'priority'],
  }),
  'bulk.get': 'none',
  'bulk.list': 'none',
  'bulk.stop': does('ticket.manyStopped', 'bulkAct'),
  'bulk.tickets': 'none',
  'calls.create': does('call.logged', 'ticket'),
  'calls.lookup': looks('requester.lookedUp', 'requester'),
  'channels.list': 'none',
  'deliveries.markSent': does('delivery.markedSent', 'message', { idIn: 'messageId' }),
  'deliveries.retry': does('delivery.retried', 'message', { idIn: 'messageId' }),
  'docs.open': 'none',
  'events.follow': 'none',
  'firstRun.open': 'none',
  'firstRun.redeem': does('person.madeFirst', 'person'),
  'forms.attachment': 'none',
  'forms.create': 'none',
  'forms.get': 'none',
  'forms.list': 'none',
  'health.live': 'none',
  'health.ready': 'none',
  'home.asset': 'none',
  'home.open': 'none',
  'hooks.receive': 'none',
  'intake.ledger': 'none',
  'intake.raw': looks('intake.downloaded', 'intake', { streams: true }),
  'kinds.arrange': does('kind.arranged', 'kind', { values: ['keys'] }),
  'kinds.create': does('kind.added', 'kind', { idIn: 'key', values: ['key'] }),
  'kinds.list': 'none',
  'kinds.update': does('kind.changed', 'kind', { idIn: 'key', values: ['archived'] }),
  'me.get': 'none',
  'metrics.read': 'none',
  'myPasskeys.begin': 'none',
  'myPasskeys.finish': does('passkey.added', 'passkey'),
  'myPasskeys.list': 'none',
  'myPasskeys.remove': does('passkey.removed', 'passkey'),
  'myPasskeys.rename': does('passkey.renamed', 'passkey'),
  'myPassword.change': does('person.passwordChanged', 'person', { idIn: 'caller' }),
  'mySecondFactor.begin': does('secondFactor.begun', 'person', { idIn: 'caller' }),
  'mySecondFactor.confirm': does('secondFactor.turnedOn', 'person', { idIn: 'caller' }),
  'mySecondFactor.get': 'none',
  'mySecondFactor.remakeCodes': does('secondFactor.codesRemade', 'person', { idIn: 'caller' }),
  'mySecondFactor.turnOff': does('secondFactor.turnedOff', 'person', { idIn: 'caller' }),
  'mySessions.end': does('session.endedElsewhere', 'session'),
  'mySessions.endOthers': does('session.endedElsewhere', 'person', { idIn: 'caller' }),
  'mySessions.list': 'none',
  'openapi.read': 'none',
  'passwordLinks.look': 'none',
  'passwordLinks.open': 'none',
  'passwordLinks.redeem': does('person.passwordSet', 'person', { pseudonym: 'email' }),
  'passwordResets.create': does('person.passwordLinkAsked', 'person', { pseudonym: 'email' }),
  'people.create': does('person.added', 'person', { values: ['role'] }),
  'people.list': 'none',
  'people.removePasskeys': does('passkey.allRemoved', 'person'),
  'people.sendPasswordLink': does('person.passwordLinkSent', 'person'),
  'people.takeOffSecondFactor': does('secondFactor.takenOff', 'person'),
  'people.unlinkProviders': does('person.providersUnlinked', 'person'),
  'people.update': does('person.changed', 'person', { values: ['role', 'disabled'] }),
  'queues.arrange': does('queue.arranged', 'queue', { values: ['ids'] }),
  'queues.create': does('queue.added', 'queue', { values: ['key'] }),
  'queues.list': 'none',
  'queues.load': 'none',
  'queues.trend': 'none',
  'queues.update': does('queue.changed', 'queue', { values: ['archived'] }),
  'requesters.get': looks('requester.opened', 'requester'),
  'session.create': does('session.began', 'person', { actorInAnswer: true, pseudonym: 'email', answers: ['state'] }),
  'session.end': does('session.ended', 'person', { idIn: 'caller' }),
  'session.get': 'none',
  'session.methods': 'none',
  'session.passkey': does('session.began', 'person', { actorInAnswer: true, answers: ['state'] }),
  'session.passkeyOptions': 'none',
  'session.prove': does('session.began', 'person', { actorInAnswer: true, answers: ['state'] }),
  'rules.arrange': does('rule.arranged', 'rule', { values: ['ids'] }),
  'rules.create': does('rule.added', 'rule', { values: ['enabled'] }),
  'rules.list': 'none',
  'rules.update': does('rule.changed', 'rule', { values: ['enabled', 'archived'] }),
  'settings.get': 'none',
  'settings.update': does('settings.changed', 'settings', { values: ['acknowledge'] }),
  'singleSignOn.leave': 'none',
  // The answer leads a browser on, so that who came in is told by the session alone.
  'singleSignOn.return': does('session.beganElsewhere', 'session'),
  'specialists.list': 'none',
  'specialists.setCapacity': does('specialist.capacityChanged', 'specialist', { values: ['capacity'] }),
  'specialists.setOwnPresence': does('specialist.presenceChanged', 'specialist', { values: ['presence'] }),
  'specialists.setPresence': does('specialist.presenceChanged', 'specialist', { values: ['presence'] }),
  'specialists.setQueues': does('specialist.queuesChanged', 'specialist', { values: ['queueIds'] }),
  'tasks.done': does('task.done', 'task'),
  'tasks.list': looks('task.listed', 'task'),
  'tickets.assign': does('ticket.assigned', 'ticket', { values: ['specialistId', 'force'] }),
  'tickets.claim': does('ticket.claimed', 'ticket'),
  'tickets.close': does('ticket.closed', 'ticket'),
  'tickets.decisions': looks('ticket.explained', 'ticket'),
  'tickets.get': looks('ticket.opened', 'ticket'),
  'tickets.list': looks('ticket.searched', 'ticket', { onlyWith: ['q', 'number', 'requester'] }),
  'tickets.merge': does('ticket.merged', 'ticket', { values: ['into', 'force'] }),
  'tickets.messages': looks('ticket.read', 'ticket'),
  'tickets.note': does('ticket.noted', 'ticket'),
  'tickets.original': looks('ticket.downloaded', 'message', { idIn: 'messageId', streams: true }),
  'tickets.release': does('ticket.released', 'ticket'),
  'tickets.reopen': does('ticket.reopened', 'ticket'),
  'tickets.reply': does('ticket.answered', 'ticket', { values: ['channel', 'then'] }),
  'tickets.split': does('ticket.split', 'ticket', { values: ['messageId', 'follow'] }),
  'tickets.update': does('ticket.changed', 'ticket', { values: ['kind', 'queue', 'priority'] }),
  'views.counts': 'none',
  'views.create': does('view.added', 'view', { values: ['shared'] }),
  'views.list': 'none',
  'views.remove': does('view.removed', 'view'),
  'views.update': does('view.changed', 'view', { values: ['shared', 'position'] }),
  'webhooks.archive': does('webhook.removed', 'webhook'),
  'webhooks.create': does('webhook.added', 'webhook', { values: ['events', 'withTicket', 'enabled'] }),
  'webhooks.deliveries': 'none',
  'webhooks.delivery': 'none',
  'webhooks.get': 'none',
  'webhooks.list': 'none',
  'webhooks.replay': does('webhook.replayed', 'webhook', { values: ['since', 'until'] }),
  'webhooks.replayOne': does('webhook.replayed', 'webhook'),
  'webhooks.rotateSecret': does('webhook.secretChanged', 'webhook', { values: ['overlapHours'] }),
  'webhooks.test': does('webhook.tested', 'webhook'),
  'webhooks.update': does('webhook.changed', 'webhook', { values: ['events', 'withTicket', 'enabled'] }),
};
