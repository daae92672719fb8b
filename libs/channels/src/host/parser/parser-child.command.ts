import type { ChannelAdapter } from '../../channel-adapter.js';
import type { ChildMessage, TaskMessage } from './parser-protocol.js';
import { readItem } from './read-item.js';

/**
 * The child process that reads hostile bytes: `node parser-child.command.js <module with normalize>`. It knows no
 * secret and no server; one item after another, each answered before the next begins, so that the parent knows which
 * one killed it.
 */
const tell = (message: ChildMessage): Promise<void> => new Promise((told) => process.send?.(message, () => told()));

const [module] = process.argv.slice(2);
const { normalize } = (await import(module!)) as Pick<ChannelAdapter, 'normalize'>;

let last: Promise<void> = Promise.resolve();
process.on('message', ({ n, ...task }: TaskMessage) => {
  last = last.then(async () => tell({ n, outcome: await readItem(normalize, task) }));
});
// Ctrl-C reaches the whole process group; the parent ends us when it is ready, and our death would be counted.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());
await tell({ is: 'ready' });
