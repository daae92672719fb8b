import type { z } from 'zod';
import { ru } from '../texts/ru.js';
import type { Saying } from '../texts/text-key.js';
import type { Fault } from './desk-error.js';

type Issue = z.core.$ZodIssue;

/**
 * What the validator found, as a fault. A schema says what a rule of its own wants by a text of `fault`:
 * `.refine(isId, 'fault.id')`. Any other message of a schema is told by the sort of the finding alone, since it
 * could be told in one language only. Schemas must be asked with `reportInput`, to tell absent values from wrong ones.
 */
export const faultOf = (issue: Issue): Fault => ({
  path: issue.path.map(String).join('.'),
  message: isRuleText(issue.message) ? issue.message : sayingOf(issue),
});

/** A text of `fault` that needs nothing put in. */
type RuleText = Extract<Saying, `fault.${string}`>;

const ruleTexts: ReadonlySet<string> = new Set(
  Object.entries(ru.fault).flatMap(([name, said]) =>
    typeof said === 'string' && !said.includes('{{') ? [`fault.${name}`] : [],
  ),
);

export const isRuleText = (message: string): message is RuleText => ruleTexts.has(message);

const measured = (origin: string): boolean => origin === 'string' || origin === 'array' || origin === 'file';

function sayingOf(issue: Issue): Saying {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'fault.missing' : `fault.type.${typeName(issue.expected)}`;
    case 'invalid_value':
      return { text: 'fault.choice', values: issue.values.map(String).join(', ') };
    case 'too_big':
      return measured(issue.origin)
        ? { text: 'fault.tooLong', count: Number(issue.maximum) }
        : { text: 'fault.tooBig', limit: String(issue.maximum) };
    case 'too_small':
      return measured(issue.origin)
        ? { text: 'fault.tooShort', count: Number(issue.minimum) }
        : { text: 'fault.tooSmall', limit: String(issue.minimum) };
    case 'invalid_format':
      return formats.get(issue.format) ?? 'fault.format';
    case 'unrecognized_keys':
      return { text: 'fault.unknownKeys', keys: issue.keys.join(', ') };
    default:
      return 'fault.invalid';
  }
}

/** Formats that have a text; any other, such as a regular expression, says nothing to people. */
const formats = new Map<string, Saying>([
  ['base64', 'fault.base64'],
  ['datetime', 'fault.datetime'],
  ['email', 'fault.email'],
  ['url', 'fault.url'],
]);

const typeNames = ['string', 'number', 'int', 'boolean', 'array', 'object', 'date'] as const;
type TypeName = (typeof typeNames)[number] | 'other';

const typeName = (expected: string): TypeName => typeNames.find((name) => name === expected) ?? 'other';
