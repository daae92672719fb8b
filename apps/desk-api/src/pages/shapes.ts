import { isId } from '#libs/contracts';
import { z } from 'zod';

/** An id in JSON and in a path: the decimal string of a 64-bit number. */
export const idShape = z.string().refine(isId, 'fault.id');

/** One line: what could end a header line becomes a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** A time in an answer: ISO 8601 in UTC. Handlers give a `Date`, which writes itself so. */
export const dateShape = z.iso.datetime();
