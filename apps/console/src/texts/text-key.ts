import type { ru } from './ru.js';

/** Dotted path of every text in the Russian catalogue, the one that is written first. */
type Path<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Path<Node[Key]>}`;
}[keyof Node & string];

type Form = '_one' | '_few' | '_many' | '_other';
type WithoutForm<Key extends string> = Key extends `${infer Root}${Form}` ? Root : Key;

type At<Node, Key extends string> = Key extends keyof Node
  ? Node[Key]
  : Key extends `${infer Head}.${infer Rest}`
    ? Head extends keyof Node
      ? At<Node[Head], Rest>
      : never
    : never;

type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Texts<Key extends string> = At<typeof ru, Key> | At<typeof ru, `${Key}${Form}`>;

/** Key of a text; a text with plural forms is named without the form (`tickets.fresh`). */
export type TextKey = WithoutForm<Path<typeof ru>>;

/** What a text must be given: a value for each `{{placeholder}}` in it. */
export type TextParams<Key extends TextKey> = Readonly<Record<Placeholder<Texts<Key>>, string | number>>;

export type Given<Key extends TextKey> = keyof TextParams<Key> extends never ? [] : [params: TextParams<Key>];

/** Says a text in the language that is chosen now; `count` chooses the plural form. */
export type Say = <Key extends TextKey>(key: Key, ...given: Given<Key>) => string;
