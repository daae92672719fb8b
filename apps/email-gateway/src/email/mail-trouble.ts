import type { AccountTrouble } from '#libs/channels';
import { Retry } from '#libs/contracts';
import { cut, oneLine } from './well-formed.js';

/** What the libraries put on their errors; every field may be missing. */
interface ServerError {
  readonly message?: string;
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseText?: string;
  readonly response?: unknown;
  readonly responseCode?: number;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly command?: string;
}

const certificate = /^(ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_SSL|EPROTO$|ETLS$)/;

/** The reason, as people at the desk are told it, that a mail server gave or had. */
export function mailTrouble(error: unknown): AccountTrouble {
  const fault = (error ?? {}) as ServerError;
  const codes = [fault.code, fault.originalCode].filter((code) => typeof code === 'string');
  const detail =
    cut(oneLine(fault.responseText ?? (typeof fault.response === 'string' ? fault.response : '') ?? ''), 300) ||
    reason(fault, codes);
  return { code: troubleCode(fault, codes), detail };
}

function troubleCode(fault: ServerError, codes: readonly string[]): string {
  if (fault.authenticationFailed || codes.includes('EAUTH')) return 'wrong-password';
  if (fault.mailboxMissing) return 'mailbox-missing';
  if (fault.tlsFailed || codes.some((code) => certificate.test(code))) return 'tls';
  if (codes.includes('EADDRINUSE') || codes.includes('EACCES') || codes.includes('EADDRNOTAVAIL'))
    return 'cannot-listen';
  if (fault.responseCode !== undefined || fault.responseText) return 'server-refused';
  return 'unreachable';
}

/** Codes only: texts of errors may name mailboxes and people. */
const reason = (fault: ServerError, codes: readonly string[]): string =>
  codes.join(' ') || cut(oneLine(fault.message ?? ''), 200);

/** "This account can't work now": the host shows the trouble on the account and tries again later. */
export const accountRetry = (trouble: AccountTrouble, cause?: unknown): Retry =>
  new Retry(trouble.detail ? `${trouble.code}: ${trouble.detail}` : trouble.code, { scope: 'account', cause });
