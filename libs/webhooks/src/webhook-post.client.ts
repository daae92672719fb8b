import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { Injectable } from '@nestjs/common';
import { EgressGuard, EgressRefused, type CheckedAddress } from '#libs/platform';
import { readRetryAfter } from './plan-retry.js';

/** What came of one attempt. `reason` is absent when the receiver took it. */
export interface PostOutcome {
  readonly status: number | null;
  readonly reason?: PostTrouble;
  readonly response: string | null;
  readonly retryAfterSeconds?: number | undefined;
  readonly tookMs: number;
}

/** Keys of the texts under `webhook`. */
export type PostTrouble =
  | 'address'
  | 'unknown-host'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'redirect'
  | 'status'
  | 'internal';

/** What is kept of an answer. */
const mostResponse = 1024;

/**
 * Posts to endpoints that administrators name. The address is looked at and then used, never looked up again; no
 * redirect is followed; of the answer only the first bytes are read.
 */
@Injectable()
export class WebhookPostClient {
  /** From the first byte that is sent to the last one that is read. */
  patienceMs = 15_000;

  constructor(private readonly guard: EgressGuard) {}

  async post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<PostOutcome> {
    const began = performance.now();
    const tookMs = (): number => Math.round(performance.now() - began);
    try {
      const place = new URL(url);
      const addresses = await this.guard.check(place.hostname);
      if (place.protocol !== 'https:' && !addresses.every(({ loopback }) => loopback)) throw new EgressRefused();
      const answer = await exchange({ place, addresses, headers, body, patienceMs: this.patienceMs });
      const status = answer.status;
      const taken = status >= 200 && status < 300;
      const reason = status >= 300 && status < 400 ? 'redirect' : 'status';
      return { ...answer, ...(!taken && { reason }), tookMs: tookMs() };
    } catch (fault) {
      return { status: null, reason: troubleOf(fault), response: null, tookMs: tookMs() };
    }
  }
}

interface Exchanged {
  readonly status: number;
  readonly response: string;
  readonly retryAfterSeconds: number | undefined;
}

interface Posting {
  readonly place: URL;
  readonly addresses: readonly [CheckedAddress, ...CheckedAddress[]];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly patienceMs: number;
}

async function exchange({ place, addresses, headers, body, patienceMs }: Posting): Promise<Exchanged> {
  const bytes = Buffer.from(body, 'utf8');
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': bytes.length },
    // No connection is kept: the next one must be looked at again.
    agent: false,
    signal: AbortSignal.timeout(patienceMs),
    lookup: pinnedTo(addresses),
    maxHeaderSize: 16_384,
  };
  const request = place.protocol === 'https:' ? requestSecure(place, options) : requestPlain(place, options);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).on('error', reject);
  });
  request.end(bytes);
  const answer = await answered;
  try {
    const response = await firstBytes(answer);
    const retryAfterSeconds = readRetryAfter(answer.headers['retry-after'], new Date());
    return { status: answer.statusCode ?? 0, response, retryAfterSeconds };
  } finally {
    request.destroy();
  }
}

/** Answers what was looked at, whatever the name means by now. */
const pinnedTo =
  (addresses: readonly [CheckedAddress, ...CheckedAddress[]]): NonNullable<RequestOptions['lookup']> =>
  (_host, options, done) => {
    const { address, family } = addresses[0];
    if (options.all) done(null, [...addresses]);
    else done(null, address, family);
  };

async function firstBytes(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length >= mostResponse) break;
    }
  } catch {
    // The status was said: that its words broke off changes nothing.
  }
  // A cut letter and NUL are nothing that a row can hold.
  return Buffer.concat(parts)
    .subarray(0, mostResponse)
    .toString('utf8')
    .replaceAll('\0', ' ')
    .replace(/\ufffd+$/, '');
}

const troubles: Readonly<Record<string, PostTrouble>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ENODATA: 'unknown-host',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPIPE: 'unreachable',
};

function troubleOf(fault: unknown): PostTrouble {
  if (fault instanceof EgressRefused) return 'address';
  const { code = '', name = '' } = (fault ?? {}) as { code?: unknown; name?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  const text = String(code);
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(text)) return 'tls';
  return troubles[text] ?? (text.startsWith('HPE_') ? 'unreachable' : 'internal');
}
