import { z } from 'zod';
import type { ErrorCode } from '#libs/contracts';
import { isError } from '../log/safe-error.js';
import { DeskError, type Fault } from '../refusals/desk-error.js';
import { faultOf } from '../refusals/fault-of.js';
import type { Saying } from '../texts/text-key.js';

/** An expected refusal, before anybody chose the language. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly detail?: Saying | undefined;
  readonly faults: readonly Fault[];
}

/** Faults of the HTTP server and of its multipart reader; what is not here goes by status. */
const serverFaults = new Map<string, ErrorCode>(
  Object.entries({
    // PostgreSQL: a text with NUL, or JSON with one or with half a surrogate pair.
    '22021': 'invalid_input',
    '22P05': 'invalid_input',
    FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
    FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
    FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
    FST_FIELDS_LIMIT: 'payload_too_large',
    FST_FILES_LIMIT: 'payload_too_large',
    FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported_media_type',
    FST_PARTS_LIMIT: 'payload_too_large',
    FST_REQ_FILE_TOO_LARGE: 'payload_too_large',
  } as const),
);

/** The network, then PostgreSQL: connection lost, starting, stopping, full, overloaded, deadlock. */
const serverAway = new Set(
  (
    'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EHOSTUNREACH CONNECTION_CLOSED ' +
    '08000 08001 08003 08006 53300 57P01 57P02 57P03 57014 55P03 40001 40P01'
  ).split(' '),
);

const statusCodes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'invalid_input',
  428: 'precondition_required',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** What a thrown thing refuses; undefined when it is a failure of ours that nobody outside may read. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (thrown instanceof DeskError) return { code: thrown.code, detail: thrown.detail, faults: thrown.faults };
  if (thrown instanceof z.core.$ZodError) {
    return { code: 'invalid_input', faults: thrown.issues.map(faultOf) };
  }
  const code = isError(thrown) ? codeOf(thrown) : undefined;
  return code && { code, faults: [] };
}

function codeOf(thrown: Error): ErrorCode | undefined {
  const known = serverFaultOf(thrown.cause) ?? serverFaultOf(thrown);
  if (known) return known;
  if (serverAway.has(textCodeOf(thrown))) return 'unavailable';
  if (thrown instanceof SyntaxError && 'statusCode' in thrown && thrown.statusCode === 400) return 'malformed_body';
  const status = httpStatusOf(thrown);
  return status === undefined ? undefined : (statusCodes[status] ?? (status < 500 ? 'invalid_input' : undefined));
}

const textCodeOf = (thrown: unknown): string =>
  isError(thrown) && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

const serverFaultOf = (thrown: unknown): ErrorCode | undefined => serverFaults.get(textCodeOf(thrown));

/** Status of an exception of the web framework, known by its shape. */
function httpStatusOf(thrown: Error): number | undefined {
  if ('getStatus' in thrown && typeof thrown.getStatus === 'function') return Number(thrown.getStatus());
  const isServerFault = thrown.name === 'FastifyError' && 'statusCode' in thrown;
  return isServerFault ? Number(thrown.statusCode) : undefined;
}
