import { jobPayload, jobVersion } from '#libs/contracts';

/** What a worker makes of the data of a job. */
export type ReadPayload =
  | { readonly is: 'known'; readonly id: string }
  /** Put on by a newer desk, for a newer worker. */
  | { readonly is: 'newer' }
  /** Not of this desk. */
  | { readonly is: 'garbage' };

export function readPayload(data: unknown): ReadPayload {
  const known = jobPayload.safeParse(data);
  if (known.success) return { is: 'known', id: known.data.id };
  const version = (data as { v?: unknown } | null)?.v;
  return { is: typeof version === 'number' && version > jobVersion ? 'newer' : 'garbage' };
}
