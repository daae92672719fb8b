import { audit } from './ru/audit.js';
import { chain } from './ru/chain.js';
import { check } from './ru/check.js';
import { config } from './ru/config.js';
import { device } from './ru/device.js';
import { doctor } from './ru/doctor.js';
import { errors } from './ru/errors.js';
import { fault } from './ru/fault.js';
import { firstRun } from './ru/first-run.js';
import { home } from './ru/home.js';
import { passwordLink } from './ru/password-link.js';
import { refusal } from './ru/refusal.js';
import { requester } from './ru/requester.js';
import { start } from './ru/start.js';
import { telegram } from './ru/telegram.js';
import { trouble } from './ru/trouble.js';
import { webhook } from './ru/webhook.js';

/** Every text in Russian, by area. The English catalogue has the same keys and placeholders. */
export const ru = {
  audit,
  chain,
  check,
  config,
  device,
  doctor,
  errors,
  fault,
  firstRun,
  home,
  passwordLink,
  refusal,
  requester,
  start,
  telegram,
  trouble,
  webhook,
} as const;
