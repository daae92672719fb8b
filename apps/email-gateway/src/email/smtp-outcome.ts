import { Refused, Retry, Unknown } from '#libs/contracts';
import { accountRetry, mailTrouble } from './mail-trouble.js';
import { cut, oneLine } from './well-formed.js';

/** How far a mail had come when the sending failed. */
export interface BodyState {
  /** Connected and, where asked, signed in. */
  readonly begun: boolean;
  /** All bytes of the body were handed to the connection, so the final dot may have left. */
  readonly ended: boolean;
}

interface SmtpError {
  readonly message?: string;
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/**
 * What a failure of SMTP means for the item. An answer of the server decides; without one, a body that never ended
 * was surely not taken, and one that ended may have been (the codes of the library are the same for both).
 */
export function smtpOutcome(error: unknown, state: BodyState): Retry | Refused | Unknown {
  const fault = (error ?? {}) as SmtpError;
  if (isAccountFault(fault, state)) return accountRetry(mailTrouble(error), error);
  const { responseCode, response = '' } = fault;
  if (responseCode !== undefined) return answered(responseCode, response, error);
  if (state.ended) return new Unknown('the connection ended before the server answered', { cause: error });
  if (fault.code === 'EENVELOPE')
    return new Refused('bad-address', 'not an address that mail can be sent to', { cause: error });
  if (fault.code === 'EMESSAGE') return new Refused('too-large', 'larger than the server takes', { cause: error });
  return new Retry(`connection lost: ${fault.code ?? 'unknown'}`, { cause: error });
}

/** Signing in, TLS and everything before the first command of the mail concern the account, not this mail. */
function isAccountFault(fault: SmtpError, { begun }: BodyState): boolean {
  if (fault.code === 'EABORT') return false;
  if (!begun || fault.code === 'EAUTH' || fault.code === 'ETLS') return true;
  return fault.responseCode === 530 || fault.responseCode === 535;
}

function answered(responseCode: number, response: string, cause: unknown): Retry | Refused {
  const line = cut(oneLine(response), 500);
  if (responseCode < 500) return new Retry(line || String(responseCode), { cause });
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(line)?.[0];
  return new Refused(status ?? String(responseCode), line, {
    cause,
    recipientGone: isGone(responseCode, status, line),
  });
}

const unknownUser =
  /user (?:is )?unknown|unknown (?:user|recipient)|no such (?:user|mailbox|recipient)|invalid mailbox|mailbox (?:not found|unavailable|does not exist)|(?:user|recipient|account) (?:not found|does not exist)|does not exist/i;

const isGone = (code: number, status: string | undefined, line: string): boolean =>
  status === '5.1.1' || status === '5.1.10' || ((code === 550 || code === 551) && unknownUser.test(line));
