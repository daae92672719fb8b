import { z } from 'zod';
import { ruleDeclaration } from '#libs/routing';

/**
 * What a desk is made of, as one YAML file: `config/desk.example.yaml` shows every field. Everything is found
 * again by its key (queue and kind by key, person by e-mail, account by channel and name, rule by name), so that a
 * file may be applied at every start.
 */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'fault.deskKey');
const localText = z.object({ ru: z.string().min(1), en: z.string().min(1) });

const queue = z.strictObject({ key, title: localText });
const kind = z.strictObject({ key, title: localText });

const person = z.strictObject({
  email: z.email().toLowerCase(),
  name: z.string().min(1).max(200),
  role: z.enum(['administrator', 'supervisor', 'specialist', 'director']),
  locale: z.enum(['ru', 'en']).default('ru'),
  /** Set only when the person is new: a password that its owner changed stays changed. */
  password: z.string().min(10).optional(),
  specialist: z
    .strictObject({
      queues: z.array(key).min(1),
      capacity: z.int().min(0).max(10_000).default(5),
      /** Where the person starts; afterwards presence is the person's own. */
      presence: z.enum(['on', 'away', 'off']).default('off'),
    })
    .optional(),
});

const account = z.strictObject({
  channel: z.string().min(1).max(32),
  name: key,
  address: z.string().max(320).optional(),
  queue: key.optional(),
  enabled: z.boolean().default(true),
  /** Checked by the channel itself. */
  settings: z.record(z.string(), z.unknown()).default({}),
});

const distinct = <Item>(items: readonly Item[], nameOf: (item: Item) => string): boolean =>
  new Set(items.map(nameOf)).size === items.length;

export const deskFile = z.strictObject({
  queues: z
    .array(queue)
    .min(1)
    .refine((items) => distinct(items, (item) => item.key), 'fault.twoQueues'),
  kinds: z
    .array(kind)
    .default([])
    .refine((items) => distinct(items, (item) => item.key), 'fault.twoKinds'),
  people: z
    .array(person)
    .default([])
    .refine((items) => distinct(items, (item) => item.email), 'fault.twoPeople'),
  accounts: z
    .array(account)
    .default([])
    .refine((items) => distinct(items, (item) => `${item.channel} ${item.name}`), 'fault.twoAccounts'),
  /** All rules that there are, in their order; without this part the rules stay as they are. */
  rules: z
    .array(ruleDeclaration)
    .refine((items) => distinct(items, (item) => item.name), 'fault.twoRules')
    .optional(),
});
export type DeskFile = z.infer<typeof deskFile>;

/** A desk file that was read: its accounts also have their settings as they are written, with `${NAME}` unfilled. */
export type DeclaredDesk = Omit<DeskFile, 'accounts'> & {
  readonly accounts: readonly (DeskFile['accounts'][number] & {
    readonly written: Readonly<Record<string, unknown>>;
  })[];
};
