import type { components } from './schema.js';

type Told = components['schemas']['Problem'];

/** `unreachable`: no answer came at all. */
export type ProblemCode = Told['code'] | 'unreachable';

export interface ProblemFacts {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly faults?: readonly { readonly path: string; readonly message: string }[] | undefined;
  /** By which the desk's log names this very request. */
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** What the API refused, or that it could not be asked. Everything that a query or a mutation throws is one. */
export class DeskProblem extends Error {
  override readonly name = 'DeskProblem';

  constructor(readonly facts: ProblemFacts) {
    super(facts.title ?? facts.code);
  }

  get code(): ProblemCode {
    return this.facts.code;
  }
}

export const problemCode = (thrown: unknown): ProblemCode | undefined =>
  thrown instanceof DeskProblem ? thrown.code : undefined;

const isTold = (body: unknown): body is Told => typeof body === 'object' && body !== null && 'code' in body;

/** The problem in an answer that is not a success, whatever its body turned out to be. */
export function problemOf(body: unknown, { status, headers }: Pick<Response, 'status' | 'headers'>): DeskProblem {
  const told: Partial<Told> = isTold(body) ? body : {};
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return new DeskProblem({
    code: told.code ?? (status === 502 || status === 504 ? 'unreachable' : 'internal_error'),
    status,
    title: told.title,
    detail: told.detail,
    faults: told.faults,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}

export const unreachable = (): DeskProblem => new DeskProblem({ code: 'unreachable', status: 0 });
