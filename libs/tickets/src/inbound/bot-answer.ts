import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import type { TicketState } from '../ticket.js';

export type BotCommand = 'start' | 'new' | 'status';

interface ListedTicket {
  readonly number: string;
  readonly subject: string;
  readonly state: TicketState;
}

/** What the bot says to a command. */
export function botAnswer(command: BotCommand, locale: Locale, desk: string, tickets: readonly ListedTicket[]): string {
  if (command === 'new') return text(locale, 'requester.bot.new');
  if (command === 'start') return text(locale, 'requester.bot.start', { desk });
  if (tickets.length === 0) return text(locale, 'requester.bot.none');
  const lines = tickets.map(({ number, subject, state }) =>
    text(locale, 'requester.bot.line', {
      number,
      subject: plain(subject),
      state: text(locale, `requester.bot.states.${state}`),
    }),
  );
  return [text(locale, 'requester.bot.open'), ...lines].join('\n');
}

/** Subjects are the words of others: their signs must not become formatting or links of ours. */
const plain = (subject: string): string =>
  subject
    .replace(/[*_`~[\]<>\\#]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
