import type { ErrorCode } from '#libs/contracts';
import { say } from '../texts/text.js';
import type { Saying } from '../texts/text-key.js';

/** One fault in the input: where (`attachments.0.name`), and what is wrong there. */
export interface Fault {
  readonly path: string;
  readonly message: Saying;
}

/**
 * An expected refusal. `detail` and faults name texts of the catalogues, told in the language of whoever reads them;
 * they are for the caller and must hold no personal data of others. The error's own message is for the log.
 */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: ErrorCode;
  readonly detail: Saying | undefined;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, detail?: Saying, faults: readonly Fault[] = [], options?: ErrorOptions) {
    super(detail ? `${code}: ${say('en', detail)}` : code, options);
    this.code = code;
    this.detail = detail;
    this.faults = faults;
  }
}
