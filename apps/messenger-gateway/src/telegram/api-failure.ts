import { Refused, Retry, Unknown } from '#libs/contracts';

/** What the Bot API answered when it said no: no token, no address, no text of anybody. */
export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly retryAfterMs: number | undefined;
}

/** A call that failed. Without `answer` nobody knows what the server did, if the request was `written`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly method: string,
    readonly answer: Answer | undefined,
    readonly written: boolean,
    reason: string,
  ) {
    super(`${method}: ${reason}`);
  }

  /** Not every picture can be shown as a photo; as a file it can. */
  get wantsDocument(): boolean {
    return this.answer?.status === 400 && /PHOTO_|IMAGE_PROCESS_FAILED/.test(this.answer.description);
  }

  /** The text was not taken for its marks or its length; without marks it may be. */
  get wantsPlainText(): boolean {
    return (
      this.answer?.status === 400 &&
      /can't parse entities|message is too long|caption is too long/i.test(this.answer.description)
    );
  }
}

/** What is wrong with the account as a whole, by the code that keys the text people read. */
export function accountTrouble({ answer }: ApiFailure): string | undefined {
  switch (answer?.status) {
    case 400:
      return /bad webhook/i.test(answer.description) ? 'webhook-refused' : undefined;
    case 401:
    case 404:
      return 'wrong-token';
    case 409:
      return /webhook/i.test(answer.description) ? 'webhook-active' : 'second-poller';
    case 429:
      return 'too-many-requests';
    default:
      return undefined;
  }
}

/** The whole bot waits: what one call was refused for, the next would be refused for too. */
export function holdAccount(code: string, failure: ApiFailure): Retry {
  const afterMs = failure.answer?.retryAfterMs;
  return new Retry(code, { scope: 'account', ...(afterMs !== undefined && { afterMs }), cause: failure });
}

/**
 * A failure of sending. Telegram has no key that would make a repetition harmless, and bots cannot read what they
 * sent: only what surely was not delivered is tried again by itself.
 */
export function sendingFailure(failure: ApiFailure): Retry | Refused | Unknown {
  const { answer } = failure;
  if (!answer) {
    return failure.written
      ? new Unknown('no answer came after the request was written', { cause: failure })
      : new Retry('unreachable', { cause: failure });
  }
  const trouble = accountTrouble(failure);
  if (trouble) return holdAccount(trouble, failure);
  const { code, gone } =
    refusals.find(({ status, words }) => status === answer.status && words.test(answer.description)) ?? rejected;
  return new Refused(code, answer.description, { recipientGone: gone, cause: failure });
}

const rejected = { code: 'rejected', gone: false };
const refusals = [
  { status: 403, words: /blocked by the user/i, code: 'blocked', gone: true },
  { status: 403, words: /user is deactivated/i, code: 'deactivated', gone: true },
  { status: 403, words: /can't initiate conversation/i, code: 'not-started', gone: true },
  { status: 403, words: /./, code: 'forbidden', gone: true },
  { status: 400, words: /chat not found|user not found|PEER_ID_INVALID/i, code: 'chat-not-found', gone: true },
  { status: 413, words: /./, code: 'file-too-large', gone: false },
] as const;

/** A failure of fetching a file: gone for good, or worth another try. */
export function fetchingFailure(failure: ApiFailure): Retry | Refused {
  const { answer } = failure;
  if (answer?.status === 400 && /file is too big/i.test(answer.description)) {
    return new Refused('too-large', 'the Bot API does not hand out a file of this size', { cause: failure });
  }
  if (answer?.status === 400) return new Refused('unavailable', answer.description, { cause: failure });
  const trouble = accountTrouble(failure);
  return trouble ? holdAccount(trouble, failure) : new Retry('unreachable', { cause: failure });
}
