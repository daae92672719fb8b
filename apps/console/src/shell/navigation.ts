import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconLayoutDashboard from '@tabler/icons-react/dist/esm/icons/IconLayoutDashboard.mjs';
import IconListDetails from '@tabler/icons-react/dist/esm/icons/IconListDetails.mjs';
import IconPhonePlus from '@tabler/icons-react/dist/esm/icons/IconPhonePlus.mjs';
import IconUserCheck from '@tabler/icons-react/dist/esm/icons/IconUserCheck.mjs';
import type { Icon } from '@tabler/icons-react';
import { linkOptions, type LinkProps } from '@tanstack/react-router';
import type { Keys } from '../actions/key-combination.js';
import type { Shape } from '../api/shape.js';
import { everybody, type Person, type Role, working } from '../session/roles.js';
import type { Say } from '../texts/text-key.js';

export interface Place {
  readonly id: string;
  readonly label: (say: Say) => string;
  readonly icon: Icon;
  readonly link: Pick<LinkProps, 'to' | 'search' | 'params'>;
  readonly roles: readonly Role[];
  /** Key after G; a place that one goes to in haste has keys of its own. */
  readonly keys?: Keys | readonly Keys[];
  /** The number beside the name. */
  readonly count?: (load: Shape<'Load'>, person: Person) => number | undefined;
}

/** The places of the navigation, in order. A new screen is an entry here; the palette and the keys follow. */
export const places: readonly Place[] = [
  {
    id: 'mine',
    label: (say) => say('tickets.views.mine'),
    icon: IconUserCheck,
    link: linkOptions({ to: '/tickets', search: { assignee: 'me', state: ['open', 'pending'] } }),
    roles: working,
    keys: 'KeyG KeyM',
    count: ({ specialists }, { id }) => specialists.find((specialist) => specialist.id === id)?.open,
  },
  {
    id: 'waiting',
    label: (say) => say('tickets.views.waiting'),
    icon: IconInbox,
    link: linkOptions({ to: '/tickets', search: { state: ['waiting'] } }),
    roles: everybody,
    keys: 'KeyG KeyU',
    count: ({ waiting }) => waiting,
  },
  {
    id: 'active',
    label: (say) => say('tickets.views.active'),
    icon: IconListDetails,
    link: linkOptions({ to: '/tickets', search: { state: ['waiting', 'open', 'pending'] } }),
    roles: everybody,
    keys: 'KeyG KeyI',
  },
  {
    id: 'closed',
    label: (say) => say('tickets.views.closed'),
    icon: IconCircleCheck,
    link: linkOptions({ to: '/tickets', search: { state: ['closed'] } }),
    roles: everybody,
    keys: 'KeyG KeyD',
  },
  {
    id: 'wallboard',
    label: (say) => say('wallboard.title'),
    icon: IconLayoutDashboard,
    link: linkOptions({ to: '/wallboard' }),
    roles: everybody,
    keys: 'KeyG KeyW',
  },
  {
    id: 'call',
    label: (say) => say('call.title'),
    icon: IconPhonePlus,
    link: linkOptions({ to: '/call' }),
    roles: working,
    keys: ['KeyC', 'Alt+KeyC'],
  },
];
