import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';

/** One thing that was looked at. `note`: worth knowing, nothing is broken. */
export interface Finding {
  readonly level: 'good' | 'note' | 'bad';
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

const signs = { good: '✓', note: '•', bad: '✗' } as const;

/** All findings as a person reads them, each with its advice below it, and the sum at the end. */
export function report(findings: readonly Finding[], locale: Locale): string {
  const lines = findings.flatMap(({ level, text: said, advice }) => [
    `${signs[level]} ${said}`,
    ...(advice ? [`    ${advice}`] : []),
  ]);
  const count = findings.filter(({ level }) => level === 'bad').length;
  const sum = count === 0 ? text(locale, 'doctor.good') : text(locale, 'doctor.bad', { count });
  return [...lines, '', sum].join('\n');
}
