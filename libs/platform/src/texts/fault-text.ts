import type { z } from 'zod';
import type { Locale } from '#libs/contracts';
import { text } from './text.js';

type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue;

const measured = (origin: string): boolean => origin === 'string' || origin === 'array' || origin === 'file';

/** What is wrong with one value, in words, from what the validator found. */
export function faultText(locale: Locale, issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? text(locale, 'fault.missing')
        : text(locale, 'fault.type', { expected: text(locale, `fault.types.${typeName(issue.expected)}`) });
    case 'invalid_value':
      return text(locale, 'fault.choice', { values: issue.values.map(String).join(', ') });
    case 'too_big':
      return measured(issue.origin)
        ? text(locale, 'fault.tooLong', { count: Number(issue.maximum) })
        : text(locale, 'fault.tooBig', { limit: String(issue.maximum) });
    case 'too_small':
      return measured(issue.origin)
        ? text(locale, 'fault.tooShort', { count: Number(issue.minimum) })
        : text(locale, 'fault.tooSmall', { limit: String(issue.minimum) });
    case 'invalid_format':
      return text(locale, 'fault.format', { format: issue.format });
    case 'unrecognized_keys':
      return text(locale, 'fault.unknownKeys', { keys: issue.keys.join(', ') });
    default:
      return text(locale, 'fault.invalid');
  }
}

const typeNames = ['string', 'number', 'int', 'boolean', 'array', 'object', 'date'] as const;
type TypeName = (typeof typeNames)[number] | 'other';

const typeName = (expected: string): TypeName => typeNames.find((name) => name === expected) ?? 'other';
