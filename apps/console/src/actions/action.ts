import type { Keys } from './key-combination.js';

/** Something a person can do here and now: by key, and from the palette. */
export interface Action {
  readonly id: string;
  /** In words, in the reader's language. */
  readonly title: string;
  /** Heading under which palette and cheat sheet show it. */
  readonly group: string;
  readonly keys?: readonly Keys[];
  /** Why it cannot be done now; it is shown then, and does nothing. */
  readonly disabledBecause?: string | undefined;
  /** False for what makes sense as a key only: the next row. */
  readonly inPalette?: boolean;
  readonly run: () => void;
}
