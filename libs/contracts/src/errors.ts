/**
 * The closed list of refusals. `libs/platform` alone turns a code into an HTTP status and a text; what a person
 * reads comes from the catalogues by code.
 */
export const errorCodes = [
  'account_exists',
  'attachment_too_large',
  'bad_token',
  'content_missing',
  'conflict',
  'forbidden',
  'idempotency_key_reused',
  'invalid_input',
  'invalid_phone',
  'malformed_body',
  'method_not_allowed',
  'not_acceptable',
  'no_address_on_channel',
  'no_mail_account',
  'not_found',
  'not_invited',
  'passkey_refused',
  'payload_too_large',
  'precondition_failed',
  'precondition_required',
  'provider_refused',
  'provider_unavailable',
  'queue_unknown',
  'sign_in_again',
  'sign_in_over',
  'specialist_absent',
  'specialist_full',
  'specialist_not_in_queue',
  'ticket_closed',
  'too_many_requests',
  'unauthenticated',
  'unavailable',
  'unsupported_media_type',
  'wrong_code',
  'wrong_credentials',
  'wrong_password',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Sending or receiving did not work now and surely had no effect; try again, after `afterMs` if given. */
export class Retry extends Error {
  override readonly name = 'Retry';
  readonly afterMs: number | undefined;
  /** `account`: everything of this account must wait (429, bad password), not just this message. */
  readonly scope: 'message' | 'account';

  constructor(reason: string, options: ErrorOptions & { afterMs?: number; scope?: 'message' | 'account' } = {}) {
    super(reason, options);
    this.afterMs = options.afterMs;
    this.scope = options.scope ?? 'message';
  }
}

/** The other side said no and will say no again. `code` is the provider's, `recipientGone` marks the address dead. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly recipientGone: boolean;

  constructor(code: string, reason: string, options: ErrorOptions & { recipientGone?: boolean } = {}) {
    super(reason, options);
    this.code = code;
    this.recipientGone = options.recipientGone ?? false;
  }
}

/** It may have been delivered: no answer came after the message had left. A person decides, nothing repeats. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}
