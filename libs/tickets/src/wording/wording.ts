import { type Locale, locales, type LocalText } from '#libs/contracts';
import { text } from '#libs/platform';
import { fillAcknowledgement } from './acknowledgement-template.js';

/** What administrators set for the whole desk; null: as it was installed, or nothing. */
export interface DeskSettings {
  /** How the desk calls itself to requesters. */
  readonly name: LocalText | null;
  /** How soon an answer is to be expected, in words: `4 working hours`. */
  readonly answerWithin: LocalText | null;
  /** Whether requesters are told that their request came. */
  readonly acknowledge: boolean;
}

export const installedSettings: DeskSettings = { name: null, answerWithin: null, acknowledge: true };

/** Stands for every channel that has no text of its own. */
export const anyChannel = 'any';

/** Text of acknowledgements for one language and channel. */
export interface AcknowledgementTemplate {
  readonly locale: Locale;
  readonly channel: string;
  readonly text: string;
  readonly version: number;
}

/** The text that the desk comes with, as a template. */
export const builtInAcknowledgement = (locale: Locale): AcknowledgementTemplate => ({
  locale,
  channel: anyChannel,
  text: text(locale, 'requester.acknowledgement', { number: '{ticket.number}', desk: '{desk.name}' }),
  version: 0,
});

/** The desk's own words at one moment. */
export class Wording {
  constructor(
    readonly settings: DeskSettings,
    private readonly templates: readonly AcknowledgementTemplate[],
    /** The name that the desk was installed with. */
    private readonly installedName: string,
  ) {}

  deskName(locale: Locale): string {
    return this.settings.name?.[locale] ?? this.installedName;
  }

  /** The text for a channel, else for any, else the one that the desk comes with. */
  template(locale: Locale, channel: string): AcknowledgementTemplate {
    const own = (name: string): AcknowledgementTemplate | undefined =>
      this.templates.find((one) => one.locale === locale && one.channel === name);
    return own(channel) ?? own(anyChannel) ?? builtInAcknowledgement(locale);
  }

  acknowledgement(locale: Locale, channel: string, number: string): string {
    return this.fill(this.template(locale, channel).text, locale, number);
  }

  fill(template: string, locale: Locale, number: string): string {
    return fillAcknowledgement(template, {
      'ticket.number': number,
      'desk.name': this.deskName(locale),
      'answer.within': this.settings.answerWithin?.[locale] ?? null,
    });
  }

  /** Every text that is in use: for each language the one for any channel, and those of their own. */
  all(): AcknowledgementTemplate[] {
    return locales.flatMap((locale) => [
      this.template(locale, anyChannel),
      ...this.templates.filter((one) => one.locale === locale && one.channel !== anyChannel),
    ]);
  }
}
