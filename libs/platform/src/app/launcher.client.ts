import { once } from 'node:events';

interface LauncherMessage {
  readonly open?: boolean;
}

/**
 * The process that forked this one, when there is one. It is told how far the start has come, may hold back the
 * opening of the port, and when it is gone this process has no reason to go on.
 */
export class Launcher {
  constructor(private readonly ipc: NodeJS.Process = process) {}

  /** Everything is built and connected; the port is not open. */
  initialised(): void {
    this.tell({ initialised: true });
  }

  /** Waits for the word to open the port. */
  async mayOpen(): Promise<void> {
    if (!this.ipc.connected) return;
    for (;;) {
      const [message] = (await once(this.ipc, 'message')) as [LauncherMessage];
      if (message.open) return;
    }
  }

  /** Requests are answered on `port`. */
  ready(port: number): void {
    this.tell({ ready: true, port });
  }

  onGone(act: () => void): void {
    this.ipc.once('disconnect', act);
  }

  private tell(message: object): void {
    if (this.ipc.connected) this.ipc.send?.(message);
  }
}
