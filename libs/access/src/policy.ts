import type { Principal } from './principal.js';
import { type Role, roles } from './role.js';
import type { Scope } from './scope.js';

/** Who may call a route. `public`: anybody; the handler believes nobody. */
export type RoutePolicy =
  | 'public'
  | {
      readonly roles: readonly Role[];
      /** What a key needs; `any`: every valid key may, absent: no key may. */
      readonly scope?: Scope | 'any';
    };

const everybody: readonly Role[] = roles;
const working: readonly Role[] = ['administrator', 'supervisor', 'specialist'];
const leading: readonly Role[] = ['administrator', 'supervisor'];
const administrating: readonly Role[] = ['administrator'];
/** Who watches over the desk without working in it. */
const overseeing: readonly Role[] = ['administrator', 'director'];

/**
 * THE table: every route of the HTTP API and who may call it. A route names its row by `@Route('tickets.list')`;
 * the desk does not start with a route that names none.
 */
export const policy = {
  'accounts.create': { roles: administrating, scope: 'accounts:manage' },
  'accounts.get': { roles: leading, scope: 'accounts:manage' },
  'accounts.list': { roles: leading, scope: 'accounts:manage' },
  'accounts.test': { roles: administrating, scope: 'accounts:manage' },
  'accounts.update': { roles: administrating, scope: 'accounts:manage' },
  'acknowledgements.list': { roles: leading, scope: 'desk:manage' },
  'acknowledgements.preview': { roles: leading, scope: 'desk:manage' },
  'acknowledgements.remove': { roles: leading, scope: 'desk:manage' },
  'acknowledgements.write': { roles: leading, scope: 'desk:manage' },
  'apiKeys.create': { roles: administrating, scope: 'keys:manage' },
  'apiKeys.list': { roles: administrating, scope: 'keys:manage' },
  'apiKeys.revoke': { roles: administrating, scope: 'keys:manage' },
  'attachments.get': { roles: working, scope: 'tickets:read' },
  'attachments.upload': { roles: working, scope: 'tickets:write' },
  'audit.list': { roles: overseeing, scope: 'audit:read' },
  'audit.verify': { roles: overseeing, scope: 'audit:read' },
  'board.open': { roles: administrating },
  'bulk.create': { roles: working, scope: 'tickets:write' },
  'bulk.get': { roles: working, scope: 'tickets:write' },
  'bulk.list': { roles: working, scope: 'tickets:write' },
  'bulk.stop': { roles: working, scope: 'tickets:write' },
  'bulk.tickets': { roles: working, scope: 'tickets:write' },
  'calls.create': { roles: working, scope: 'calls:write' },
  'calls.lookup': { roles: working, scope: 'calls:write' },
  'channels.list': { roles: leading, scope: 'accounts:manage' },
  'deliveries.markSent': { roles: working, scope: 'tickets:write' },
  'deliveries.retry': { roles: working, scope: 'tickets:write' },
  'docs.open': 'public',
  'events.follow': { roles: everybody, scope: 'events:read' },
  'firstRun.open': 'public',
  'firstRun.redeem': 'public',
  'forms.attachment': 'public',
  'forms.create': 'public',
  'forms.get': 'public',
  'forms.list': 'public',
  'health.live': 'public',
  'health.ready': 'public',
  'home.asset': 'public',
  'home.open': 'public',
  'hooks.receive': 'public',
  'intake.ledger': { roles: leading, scope: 'intake:read' },
  'intake.raw': { roles: administrating, scope: 'intake:read' },
  'kinds.arrange': { roles: administrating, scope: 'desk:manage' },
  'kinds.create': { roles: administrating, scope: 'desk:manage' },
  'kinds.list': { roles: everybody, scope: 'queues:read' },
  'kinds.update': { roles: administrating, scope: 'desk:manage' },
  'me.get': { roles: everybody, scope: 'any' },
  'metrics.read': { roles: administrating, scope: 'metrics' },
  'myPasskeys.begin': { roles: everybody },
  'myPasskeys.finish': { roles: everybody },
  'myPasskeys.list': { roles: everybody },
  'myPasskeys.remove': { roles: everybody },
  'myPasskeys.rename': { roles: everybody },
  'myPassword.change': { roles: everybody },
  'mySecondFactor.begin': { roles: everybody },
  'mySecondFactor.confirm': { roles: everybody },
  'mySecondFactor.get': { roles: everybody },
  'mySecondFactor.remakeCodes': { roles: everybody },
  'mySecondFactor.turnOff': { roles: everybody },
  'mySessions.end': { roles: everybody },
  'mySessions.endOthers': { roles: everybody },
  'mySessions.list': { roles: everybody },
  'openapi.read': 'public',
  'passwordLinks.look': 'public',
  'passwordLinks.open': 'public',
  'passwordLinks.redeem': 'public',
  'passwordResets.create': 'public',
  'people.create': { roles: administrating, scope: 'people:manage' },
  'people.list': { roles: leading, scope: 'people:manage' },
  'people.removePasskeys': { roles: administrating, scope: 'people:manage' },
  'people.sendPasswordLink': { roles: administrating, scope: 'people:manage' },
  'people.takeOffSecondFactor': { roles: administrating, scope: 'people:manage' },
  'people.unlinkProviders': { roles: administrating, scope: 'people:manage' },
  'people.update': { roles: administrating, scope: 'people:manage' },
  'queues.arrange': { roles: administrating, scope: 'desk:manage' },
  'queues.create': { roles: administrating, scope: 'desk:manage' },
  'queues.list': { roles: everybody, scope: 'queues:read' },
  'queues.load': { roles: everybody, scope: 'queues:read' },
  'queues.trend': { roles: everybody, scope: 'queues:read' },
  'queues.update': { roles: administrating, scope: 'desk:manage' },
  'requesters.get': { roles: working, scope: 'tickets:read' },
  'rules.arrange': { roles: leading, scope: 'desk:manage' },
  'rules.create': { roles: leading, scope: 'desk:manage' },
  'rules.list': { roles: leading, scope: 'desk:manage' },
  'rules.update': { roles: leading, scope: 'desk:manage' },
  'session.create': 'public',
  'session.end': { roles: everybody },
  'session.get': { roles: everybody },
  'session.methods': 'public',
  'session.passkey': 'public',
  'session.passkeyOptions': 'public',
  'session.prove': 'public',
  'settings.get': { roles: leading, scope: 'desk:manage' },
  'settings.update': { roles: administrating, scope: 'desk:manage' },
  'singleSignOn.leave': 'public',
  'singleSignOn.return': 'public',
  'specialists.list': { roles: everybody, scope: 'specialists:read' },
  'specialists.setCapacity': { roles: leading, scope: 'specialists:write' },
  'specialists.setOwnPresence': { roles: working },
  'specialists.setPresence': { roles: leading, scope: 'specialists:write' },
  'specialists.setQueues': { roles: leading, scope: 'specialists:write' },
  'tasks.done': { roles: working, scope: 'tickets:write' },
  'tasks.list': { roles: working, scope: 'tickets:read' },
  'tickets.assign': { roles: leading, scope: 'tickets:write' },
  'tickets.claim': { roles: working },
  'tickets.close': { roles: working, scope: 'tickets:write' },
  'tickets.decisions': { roles: leading, scope: 'tickets:read' },
  'tickets.get': { roles: everybody, scope: 'tickets:read' },
  'tickets.list': { roles: everybody, scope: 'tickets:read' },
  'tickets.merge': { roles: working, scope: 'tickets:write' },
  'tickets.messages': { roles: working, scope: 'tickets:read' },
  'tickets.note': { roles: working, scope: 'tickets:write' },
  'tickets.original': { roles: working, scope: 'tickets:read' },
  'tickets.release': { roles: working, scope: 'tickets:write' },
  'tickets.reopen': { roles: working, scope: 'tickets:write' },
  'tickets.reply': { roles: working, scope: 'tickets:write' },
  'tickets.split': { roles: working, scope: 'tickets:write' },
  'tickets.update': { roles: working, scope: 'tickets:write' },
  'views.counts': { roles: everybody, scope: 'tickets:read' },
  'views.create': { roles: working },
  'views.list': { roles: everybody, scope: 'tickets:read' },
  'views.remove': { roles: working },
  'views.update': { roles: working },
  'webhooks.archive': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.create': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.deliveries': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.delivery': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.get': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.list': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.replay': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.replayOne': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.rotateSecret': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.test': { roles: administrating, scope: 'webhooks:manage' },
  'webhooks.update': { roles: administrating, scope: 'webhooks:manage' },
} as const satisfies Readonly<Record<string, RoutePolicy>>;

/** The name of a row of the table. */
export type RouteId = keyof typeof policy;

/** Whether the caller may use the route, and if not, which refusal says so. */
export function mayCall(principal: Principal | undefined, route: RouteId): 'yes' | 'unauthenticated' | 'forbidden' {
  const row: RoutePolicy = policy[route];
  if (row === 'public') return 'yes';
  if (!principal) return 'unauthenticated';
  if (principal.type === 'person') return row.roles.includes(principal.role) ? 'yes' : 'forbidden';
  if (!row.scope) return 'forbidden';
  return row.scope === 'any' || principal.scopes.includes(row.scope) ? 'yes' : 'forbidden';
}

/** The row in one line, for the golden list of routes: `administrator supervisor | accounts:manage`. */
export function describePolicy(route: RouteId): string {
  const row: RoutePolicy = policy[route];
  return row === 'public' ? 'public' : `${row.roles.join(' ')} | ${row.scope ?? 'no key'}`;
}
