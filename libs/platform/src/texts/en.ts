import { config } from './en/config.js';
import { errors } from './en/errors.js';
import { fault } from './en/fault.js';
import { start } from './en/start.js';

/** Every text in English, by area. */
export const en = { config, errors, fault, start } as const;
