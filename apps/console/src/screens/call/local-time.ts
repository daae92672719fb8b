const written = /^\s*(?:(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?,?\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)\s*$/;

/**
 * A moment as people write it: `25.11.2026, 16:05`, `25/11 16:05`, `16:05`. What they leave out is filled in so that it
 * lies ahead of now, or in the past. Undefined: it is none.
 */
export function momentOf(text: string, now: number, side: 'ahead' | 'past'): number | undefined {
  const found = written.exec(text);
  if (!found) return undefined;
  const today = new Date(now);
  const [day, month, year] = [found[1], found[2], found[3]].map((part) => (part ? Number(part) : undefined));
  const at = (years: number, days: number): Date =>
    new Date(
      (year ?? today.getFullYear()) + years,
      month === undefined ? today.getMonth() : month - 1,
      (day ?? today.getDate()) + days,
      Number(found[4]),
      Number(found[5]),
    );
  const first = at(0, 0);
  // 31.02 is no day, though the calendar of programs has one for it.
  if (day !== undefined && (first.getDate() !== day || first.getMonth() + 1 !== month)) return undefined;
  const fits = side === 'ahead' ? first.getTime() > now : first.getTime() <= now;
  if (fits || year !== undefined) return first.getTime();
  const step = side === 'ahead' ? 1 : -1;
  return (day === undefined ? at(0, step) : at(step, 0)).getTime();
}

export type Promised = 'halfHour' | 'hour' | 'tomorrow';
export const promises: readonly Promised[] = ['halfHour', 'hour', 'tomorrow'];

const minuteMs = 60_000;
const step = 5 * minuteMs;
/** When a working day has begun. */
const morning = 10;

/** When to call back by the words that people use, at full five minutes. */
export function promisedAt(promise: Promised, now: number): number {
  if (promise !== 'tomorrow') {
    const wait = promise === 'hour' ? 60 : 30;
    return Math.ceil((now + wait * minuteMs) / step) * step;
  }
  const at = new Date(now);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, morning).getTime();
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds as a clock shows them: `4:05`, `1:02:09`. */
export function clockText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const longest = 24 * 3_600;

/** What somebody wrote for a length: `4:30`, `1:02:09`, and minutes alone: `5`. */
export function clockSeconds(text: string): number | undefined {
  const found = /^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)|(\d{1,3}))\s*$/.exec(text);
  if (!found) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0, only] = found;
  const total = only === undefined ? Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds) : Number(only) * 60;
  return total <= longest ? total : undefined;
}
