type Locale = 'ru' | 'en';

const tags: Readonly<Record<Locale, string>> = { ru: 'ru-RU', en: 'en-GB' };
const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export interface Formats {
  /** `22.11.2026, 12:04` */
  readonly dateTime: (iso: string) => string;
  /** `12:04:31` */
  readonly time: (at: Date) => string;
  /** `12:04` */
  readonly clock: (at: Date) => string;
  /** `12:04` today, `22 нояб.` this year, else the date. */
  readonly moment: (iso: string, now: Date) => string;
  /** `5 мин`, `3 ч`, `2 дн.`: how long something lasts, by its largest unit. */
  readonly age: (seconds: number) => string;
  /** `100 000` */
  readonly number: (value: number) => string;
  /** The title of a queue or a kind. */
  readonly title: (texts: Readonly<Record<Locale, string>>) => string;
}

const made = new Map<Locale, Formats>();

/** How one language writes dates, spans and numbers; 24 hours in both. */
export function formats(locale: Locale): Formats {
  const known = made.get(locale) ?? make(locale);
  made.set(locale, known);
  return known;
}

function make(locale: Locale): Formats {
  const tag = tags[locale];
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  const second = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'short' });
  const number = new Intl.NumberFormat(tag);
  const span = (unit: string): Intl.NumberFormat =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' });
  const spans = { day: span('day'), hour: span('hour'), minute: span('minute') };
  return {
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (at) => second.format(at),
    clock: (at) => time.format(at),
    moment: (iso, now) => {
      const at = new Date(iso);
      if (at.toDateString() === now.toDateString()) return time.format(at);
      return (at.getFullYear() === now.getFullYear() ? day : date).format(at);
    },
    age: (seconds) => {
      const [unit, size] = steps.find(([, least]) => seconds >= least) ?? steps[2];
      return spans[unit].format(Math.max(1, Math.floor(seconds / size)));
    },
    number: (value) => number.format(value),
    title: (texts) => texts[locale] || texts.ru,
  };
}
