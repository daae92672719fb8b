import type { Fault } from '#libs/contracts';
import type { DeskFile } from './desk-file.js';

/** Queues and kinds that the file names without declaring them, each with its place. */
export function checkReferences(file: DeskFile): Fault[] {
  const queues = new Set(file.queues.map(({ key }) => key));
  const kinds = new Set(file.kinds.map(({ key }) => key));
  const faults: Fault[] = [];
  const want = (known: ReadonlySet<string>, what: string, name: unknown, path: string): void => {
    if (typeof name === 'string' && !known.has(name)) {
      faults.push({ path, message: `there is no ${what} "${name}" in this file` });
    }
  };
  file.people.forEach(({ specialist }, index) =>
    specialist?.queues.forEach((name, at) => want(queues, 'queue', name, `people.${index}.specialist.queues.${at}`)),
  );
  file.accounts.forEach(({ queue }, index) => want(queues, 'queue', queue, `accounts.${index}.queue`));
  file.rules?.forEach(({ then }, index) => {
    want(queues, 'queue', then.queue, `rules.${index}.then.queue`);
    want(kinds, 'kind', then.kind, `rules.${index}.then.kind`);
  });
  return faults;
}
