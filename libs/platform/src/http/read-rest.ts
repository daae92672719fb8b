import type { IncomingMessage } from 'node:http';

/** What is read of a body that nobody wants, and for how long, before its sender is cut off. */
const mostBytes = 64 * 1024 * 1024;
const longestMs = 5_000;

/**
 * Reads the rest of a refused body away. A client that sends all of its body before it reads the answer would
 * otherwise see a broken connection instead of the refusal.
 */
export function readRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((done) => {
    let bytes = 0;
    const timer = setTimeout(end, longestMs);
    function end(): void {
      clearTimeout(timer);
      request.off('data', count);
      done();
    }
    function count(chunk: Buffer): void {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) end();
    }
    request.unpipe();
    request.on('data', count);
    for (const event of ['end', 'close', 'error']) request.once(event, end);
    request.resume();
  });
}
