import { actions } from './en/actions.js';
import { call } from './en/call.js';
import { composer } from './en/composer.js';
import { live } from './en/live.js';
import { parts } from './en/parts.js';
import { problem } from './en/problem.js';
import { session } from './en/session.js';
import { shell } from './en/shell.js';
import { ticket } from './en/ticket.js';
import { tickets } from './en/tickets.js';
import { wallboard } from './en/wallboard.js';
import { words } from './en/words.js';

/** Every text in English, with the keys and placeholders of the Russian catalogue. */
export const en = {
  actions,
  call,
  composer,
  live,
  parts,
  problem,
  session,
  shell,
  ticket,
  tickets,
  wallboard,
  words,
} as const;
