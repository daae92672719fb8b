import { text } from '#libs/platform';
import type { Locale } from '#libs/contracts';

export interface BannerFacts {
  readonly url: string;
  /** Link that makes the first administrator; absent when there is one. */
  readonly firstRunLink: string | undefined;
  readonly demo: { readonly smtpPort: number; readonly mailFolder: string; readonly passwordFile: string } | undefined;
  readonly database: 'embedded' | 'given';
  readonly queue: 'redis' | 'postgres';
  readonly dataDir: string;
}

/** What a person reads when the desk is up: where it is, and one line for each thing to try. */
export function banner(facts: BannerFacts, locale: Locale): string {
  const lines = [text(locale, 'start.running', { url: facts.url })];
  if (facts.firstRunLink) lines.push(text(locale, 'start.firstRun', { link: facts.firstRunLink }));
  lines.push(text(locale, `start.database.${facts.database}`, { dataDir: facts.dataDir }));
  lines.push(text(locale, `start.queue.${facts.queue}`));
  if (facts.demo) {
    const { smtpPort, mailFolder, passwordFile } = facts.demo;
    lines.push(
      text(locale, 'start.try.mail', { port: smtpPort }),
      text(locale, 'start.try.answers', { folder: mailFolder }),
      text(locale, 'start.try.form', { url: facts.url }),
      text(locale, 'start.try.people', { file: passwordFile }),
    );
  }
  lines.push(text(locale, 'start.try.docs', { url: facts.url }), text(locale, 'start.stop'));
  return lines.map((line) => `  ${line}`).join('\n');
}
