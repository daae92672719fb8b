/**
 * How long to wait after `failures` failures in a row: doubles from `first` up to `most`, ±20 % by `chance` (0 to 1),
 * so that many who failed together do not come again together.
 */
export const backOff = (failures: number, { first, most }: { first: number; most: number }, chance: number): number =>
  Math.min(most, first * 2 ** Math.min(Math.max(failures - 1, 0), 30)) * (0.8 + 0.4 * chance);
