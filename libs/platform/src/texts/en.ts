import { config } from './en/config.js';
import { errors } from './en/errors.js';
import { fault } from './en/fault.js';
import { requester } from './en/requester.js';
import { start } from './en/start.js';
import { telegram } from './en/telegram.js';

/** Every text in English, by area. */
export const en = { config, errors, fault, requester, start, telegram } as const;
