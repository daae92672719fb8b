import { Readable } from 'node:stream';
import type { Fence } from '#libs/channels';
import type { BodyState } from './smtp-outcome.js';

/**
 * Stands between a composed mail and the connection: holds the first byte of the body until the fence was passed and
 * knows whether the last one left. The stream is read only after the server said 354, so nothing passes earlier.
 */
export class BodyGate implements BodyState {
  begun = false;
  /** The fence was passed: from here on the mail may be delivered. */
  passed = false;
  ended = false;
  /** Why the fence did not let us through. */
  refusal: unknown;

  constructor(private readonly fence: Fence) {}

  guard(body: Readable): Readable {
    this.begun = true;
    return Readable.from(this.bytes(body), { objectMode: false });
  }

  private async *bytes(body: Readable): AsyncGenerator<Buffer> {
    try {
      await this.fence();
    } catch (error) {
      this.refusal = error;
      throw error;
    }
    this.passed = true;
    for await (const chunk of body) yield chunk as Buffer;
    this.ended = true;
  }
}
