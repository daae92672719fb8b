import type { Role } from '../session/roles.js';
import type { TextKey, TextParams } from '../texts/text-key.js';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Title of the screen, in the tab of the browser. */
    title?: TitleKey;
    /** Who may open it; everybody who is signed in where it is left out. */
    roles?: readonly Role[];
    /** Whether the screen stands alone, without the frame, by the search of its address. */
    isBare?: (search: Readonly<Record<string, unknown>>) => boolean;
  }
}

type Plain<Key extends TextKey> = Key extends TextKey ? (keyof TextParams<Key> extends never ? Key : never) : never;

/** Texts that need nothing filled in. */
export type TitleKey = Plain<Extract<TextKey, `${string}.title` | `${string}.titles.${string}`>>;
