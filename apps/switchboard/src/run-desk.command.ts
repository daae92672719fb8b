import { readConfig } from '#libs/platform';
import { onNpmGone } from './parent-watch.js';
import { start } from './start.command.js';
import { environment, switchboardConfig } from './switchboard.config.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs the desk until SIGINT or SIGTERM, or until the npm that runs it is gone, also when the signal comes while it is still starting: what was begun is
 * ended in good order.
 */
export async function runDesk(): Promise<void> {
  const desk = start(readConfig(switchboardConfig, environment), environment, say);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    desk
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  onNpmGone(end);
  say(`\n${(await desk).banner}\n`);
}
