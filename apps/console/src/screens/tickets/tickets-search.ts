import type { Shape } from '../../api/shape.js';

export type TicketState = Shape<'Ticket'>['state'];
export const ticketStates: readonly TicketState[] = ['waiting', 'open', 'pending', 'closed'];

/** What of the tickets is listed: it stands in the address, so that a link shares the view. */
export interface TicketsSearch {
  readonly state?: readonly TicketState[];
  readonly queue?: string;
  /** By what they came. */
  readonly channel?: string;
  /** `none`: nobody has it. */
  readonly assignee?: string;
}

const isState = (value: unknown): value is TicketState => ticketStates.some((state) => state === value);
const isId = (value: unknown): value is string => typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value);

const isChannel = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value);

/** The search in an address that anybody may have typed: what makes no sense is left out. */
export function readTicketsSearch({ state, queue, channel, assignee }: Record<string, unknown>): TicketsSearch {
  const states = [state].flat().filter(isState);
  return {
    ...(states.length > 0 && { state: ticketStates.filter((known) => states.includes(known)) }),
    ...(isId(queue) && { queue }),
    ...(isChannel(channel) && { channel }),
    ...((assignee === 'me' || assignee === 'none' || isId(assignee)) && { assignee }),
  };
}

/** The search with one part of it changed; what is undefined goes out. */
export const changeSearch = (
  search: TicketsSearch,
  change: { readonly [Name in keyof TicketsSearch]: TicketsSearch[Name] | undefined },
): TicketsSearch => readTicketsSearch({ ...search, ...change });

/** Adds a state, or takes it out; with all of them or none, any will do. */
export function toggleState(search: TicketsSearch, state: TicketState): TicketsSearch {
  const chosen = search.state ?? [];
  const next = chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state];
  return changeSearch(search, { state: next.length === ticketStates.length ? undefined : next });
}

/** Which kind of nothing an empty list is. */
export function emptyKind({ state, queue, channel, assignee }: TicketsSearch): 'nothing' | 'filtered' | 'done' {
  if (!state && !queue && !channel && !assignee) return 'nothing';
  return state?.includes('closed') || !state ? 'filtered' : 'done';
}
