import { z } from 'zod';
import { locales } from '#libs/contracts';

const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(200).optional();

/** What must hold for a rule to apply: all that is given, and of each list at least one. */
export const ruleCondition = z.strictObject({
  /** Beginnings or whole words, found in subject or text; е and ё are one letter, endings do not matter. */
  words: some(z.string().trim().min(2).max(100)),
  channels: some(z.string().min(1).max(32)),
  /** Accounts by name. */
  accounts: some(z.string().min(1).max(63)),
  /** Kinds that the sender chose in a form. */
  kinds: some(z.string().min(1).max(64)),
  /** Domain of the sender's mail address; also stands for its subdomains. */
  senderDomains: some(z.string().toLowerCase().min(1).max(253)),
  locales: some(z.enum(locales)),
});
export type RuleCondition = z.infer<typeof ruleCondition>;

/** What a rule gives to a request; what it leaves out is not changed. Kind and queue are keys. */
export const ruleOutcome = z.strictObject({
  kind: z.string().min(1).max(64).optional(),
  queue: z.string().min(1).max(64).optional(),
  priority: z.int().min(-100).max(100).optional(),
});
export type RuleOutcome = z.infer<typeof ruleOutcome>;

/** A rule as a person declares it; its place in the list is its order. */
export const ruleDeclaration = z.strictObject({
  name: z.string().min(1).max(200),
  enabled: z.boolean().default(true),
  when: ruleCondition,
  then: ruleOutcome,
});
export type RuleDeclaration = z.infer<typeof ruleDeclaration>;

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly condition: RuleCondition;
  readonly outcome: RuleOutcome;
}
