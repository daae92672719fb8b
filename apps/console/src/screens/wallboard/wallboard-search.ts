export interface WallboardSearch {
  /** On a screen at the wall: `?tv=1`. */
  readonly tv?: 1;
}

export const isOnTv = ({ tv }: Readonly<Record<string, unknown>>): boolean => tv === '1' || tv === 1 || tv === true;

export const readWallboardSearch = (given: Readonly<Record<string, unknown>>): WallboardSearch =>
  isOnTv(given) ? { tv: 1 } : {};
