import { type Locale } from '#libs/contracts';
import { say, type Saying } from '#libs/platform';

/** Why a desk cannot be started, foreseen and told in words: what is in the way and what to do. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
  readonly code = 'start-refused';

  constructor(locale: Locale, saying: Saying, options?: ErrorOptions) {
    super(say(locale, saying), options);
  }
}
