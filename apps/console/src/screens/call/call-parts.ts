import type { Shape } from '../../api/shape.js';
import type { CallEntry, Missing } from './call-entry.js';

/** What every part of the form is given. */
export interface PartProps {
  readonly entry: CallEntry;
  readonly change: (part: Partial<CallEntry>) => void;
  /** What was not filled in when one tried to save. */
  readonly missing: readonly Missing[];
}

export type Kind = Shape<'Kind'>;

/** Kinds that have a digit of their own. */
export const digits = 8;

/** Which kind a digit stands for, by its place on the keyboard; with Ctrl, Alt or Shift it stands for something else. */
export function kindOfDigit(
  {
    code,
    ctrlKey,
    altKey,
    metaKey,
    shiftKey,
  }: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>,
  kinds: readonly Kind[],
): Kind | undefined {
  const digit = Number(/^(?:Digit|Numpad)([1-8])$/.exec(code)?.[1] ?? 0);
  return ctrlKey || altKey || metaKey || shiftKey || digit === 0 ? undefined : kinds[digit - 1];
}
