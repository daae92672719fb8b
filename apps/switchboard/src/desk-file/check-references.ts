import type { Fault } from '#libs/platform';
import type { DeskFile } from './desk-file.js';

type Missing = 'fault.noQueueInFile' | 'fault.noKindInFile';

/** Queues and kinds that the file names without declaring them, each with its place. */
export function checkReferences(file: DeskFile): Fault[] {
  const queues = new Set(file.queues.map(({ key }) => key));
  const kinds = new Set(file.kinds.map(({ key }) => key));
  const faults: Fault[] = [];
  const want = (known: ReadonlySet<string>, text: Missing, name: unknown, path: string): void => {
    if (typeof name === 'string' && !known.has(name)) {
      faults.push({ path, message: { text, name } });
    }
  };
  file.people.forEach(({ specialist }, index) =>
    specialist?.queues.forEach((name, at) =>
      want(queues, 'fault.noQueueInFile', name, `people.${index}.specialist.queues.${at}`),
    ),
  );
  file.accounts.forEach(({ queue }, index) => want(queues, 'fault.noQueueInFile', queue, `accounts.${index}.queue`));
  file.rules?.forEach(({ then }, index) => {
    want(queues, 'fault.noQueueInFile', then.queue, `rules.${index}.then.queue`);
    want(kinds, 'fault.noKindInFile', then.kind, `rules.${index}.then.kind`);
  });
  return faults;
}
