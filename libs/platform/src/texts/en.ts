import { audit } from './en/audit.js';
import { chain } from './en/chain.js';
import { check } from './en/check.js';
import { config } from './en/config.js';
import { device } from './en/device.js';
import { doctor } from './en/doctor.js';
import { errors } from './en/errors.js';
import { fault } from './en/fault.js';
import { firstRun } from './en/first-run.js';
import { home } from './en/home.js';
import { passwordLink } from './en/password-link.js';
import { refusal } from './en/refusal.js';
import { requester } from './en/requester.js';
import { start } from './en/start.js';
import { telegram } from './en/telegram.js';
import { trouble } from './en/trouble.js';
import { webhook } from './en/webhook.js';

/** Every text in English, by area. */
export const en = {
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
