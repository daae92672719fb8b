import { People1764000000000 } from './1764000000000-people.js';
import { Channels1764000001000 } from './1764000001000-channels.js';
import { Tickets1764000002000 } from './1764000002000-tickets.js';
import { SignIn1764000010000 } from './1764000010000-sign-in.js';
import { ViewsAndSearch1764000011000 } from './1764000011000-views-and-search.js';
import { Audit1764000013000 } from './1764000013000-audit.js';
import { Administration1764000013100 } from './1764000013100-administration.js';
import { Webhooks1764000013200 } from './1764000013200-webhooks.js';
import { AccountTrials1764000013300 } from './1764000013300-account-trials.js';
import { Views1764000014000 } from './1764000014000-views.js';

/** Every migration in order: written out, so that a build, a bundle and a test see the same history. */
export const history = [
  People1764000000000,
  Channels1764000001000,
  Tickets1764000002000,
  SignIn1764000010000,
  ViewsAndSearch1764000011000,
  Audit1764000013000,
  Administration1764000013100,
  Webhooks1764000013200,
  AccountTrials1764000013300,
  Views1764000014000,
];
