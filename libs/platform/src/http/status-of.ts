import type { ErrorCode } from '#libs/contracts';

/** What stands in the `code` of a problem: a refusal, or that we failed. */
export type ProblemCode = ErrorCode | 'internal_error';

const statuses: Readonly<Record<ProblemCode, number>> = {
  account_exists: 409,
  attachment_too_large: 413,
  bad_token: 401,
  conflict: 409,
  content_missing: 404,
  forbidden: 403,
  idempotency_key_reused: 422,
  internal_error: 500,
  invalid_input: 400,
  invalid_phone: 422,
  malformed_body: 400,
  method_not_allowed: 405,
  no_address_on_channel: 422,
  no_mail_account: 409,
  not_acceptable: 406,
  not_found: 404,
  not_invited: 403,
  passkey_refused: 422,
  payload_too_large: 413,
  precondition_failed: 412,
  precondition_required: 428,
  provider_refused: 401,
  provider_unavailable: 503,
  queue_unknown: 422,
  sign_in_again: 403,
  sign_in_over: 401,
  specialist_absent: 409,
  specialist_full: 409,
  specialist_not_in_queue: 409,
  ticket_closed: 409,
  too_many_requests: 429,
  unauthenticated: 401,
  unavailable: 503,
  unsupported_media_type: 415,
  wrong_code: 422,
  wrong_credentials: 401,
  wrong_password: 422,
};

/** HTTP status of a refusal. This table is the only place that knows both. */
export const statusOf = (code: ProblemCode): number => statuses[code];
