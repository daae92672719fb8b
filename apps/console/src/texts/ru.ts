import { actions } from './ru/actions.js';
import { call } from './ru/call.js';
import { composer } from './ru/composer.js';
import { live } from './ru/live.js';
import { parts } from './ru/parts.js';
import { problem } from './ru/problem.js';
import { session } from './ru/session.js';
import { shell } from './ru/shell.js';
import { ticket } from './ru/ticket.js';
import { tickets } from './ru/tickets.js';
import { wallboard } from './ru/wallboard.js';
import { words } from './ru/words.js';

/** Every text in Russian, by area. The English catalogue has the same keys and placeholders. */
export const ru = {
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
