import { config } from './en/config.js';
import { errors } from './en/errors.js';
import { fault } from './en/fault.js';
import { start } from './en/start.js';
import { telegram } from './en/telegram.js';

/** Every text in English, by area. */
export const en = { config, errors, fault, start, telegram } as const;
