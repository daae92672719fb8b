import type { Locale } from '#libs/contracts';
import { ConfigError, DeskError, say, tellFaults, text } from '#libs/platform';

/** What ends a command, for a terminal: a refusal with every fault on its line; a stack only for what nobody foresaw. */
export function complaint(fault: unknown, locale: Locale): string {
  if (fault instanceof DeskError) {
    const said = fault.detail ? say(locale, fault.detail) : text(locale, `errors.${fault.code}`);
    const lines = tellFaults(locale, fault.faults).map(({ path, message }) => (path ? `${path}: ${message}` : message));
    return [said, ...lines.map((line) => `  ${line}`)].join('\n');
  }
  if (!(fault instanceof Error)) return String(fault);
  return 'code' in fault || fault instanceof ConfigError ? fault.message : (fault.stack ?? fault.message);
}
