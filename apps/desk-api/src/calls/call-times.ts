import type { Fault, Saying } from '#libs/platform';

export interface CallTimes {
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  readonly callBack?: { readonly dueAt: Date } | undefined;
}

/** Older than any call that somebody would write down; a date before it is a slip of the keyboard. */
const earliest = Date.UTC(2000, 0, 1);
/** How fast the clock of a caller may be. */
const toleranceMs = 5 * 60_000;
const longestPromiseMs = 5 * 365 * 86_400_000;

/** The times of a call that cannot be: it began and ended before `now`, and the call back is due within five years. */
export function callTimeFaults({ startedAt, endedAt, callBack }: CallTimes, now: Date): Fault[] {
  const past = now.getTime() + toleranceMs;
  return [
    ...faultOf('startedAt', startedAt, past, 'fault.inFuture'),
    ...faultOf('endedAt', endedAt, past, 'fault.inFuture'),
    ...faultOf('callBack.dueAt', callBack?.dueAt, now.getTime() + longestPromiseMs, 'fault.callBackTooLate'),
  ];
}

function faultOf(path: string, time: Date | undefined, latest: number, tooLate: Saying): Fault[] {
  if (time && time.getTime() > latest) return [{ path, message: tooLate }];
  return time && time.getTime() < earliest ? [{ path, message: 'fault.tooOld' }] : [];
}
