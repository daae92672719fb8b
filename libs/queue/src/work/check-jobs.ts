/** Who handles a job in this process and who names its unfinished work. */
export interface JobEntry {
  readonly job: string;
  readonly handlers: readonly string[];
  readonly sources: readonly string[];
}

/** What is wrong with the jobs of a process, in words; `works` are those that it says it works. */
export function jobFaults(works: ReadonlySet<string>, entries: readonly JobEntry[]): string[] {
  const missing = [...works].filter((job) => !entries.some((entry) => entry.job === job));
  const unknown: JobEntry[] = missing.map((job) => ({ job, handlers: [], sources: [] }));
  return [...entries, ...unknown].flatMap((entry) => faultsOf(works.has(entry.job), entry));
}

function faultsOf(isWorked: boolean, { job, handlers, sources }: JobEntry): string[] {
  const faults: string[] = [];
  if (isWorked && handlers.length === 0) faults.push(`Job ${job} has no handler.`);
  if (handlers.length > 1) faults.push(`Job ${job} has ${handlers.length} handlers: ${handlers.join(', ')}.`);
  if (!isWorked && handlers.length > 0) faults.push(`${handlers.join(', ')} handles ${job}, a job not worked here.`);
  if (isWorked && sources.length === 0) faults.push(`Job ${job} has no source: a lost job would never be repeated.`);
  return faults;
}
