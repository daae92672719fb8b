import { type Frame, frameReader } from './frames.js';
import type { DeskEvent, LiveMessage, LiveStatus } from './message.js';

const firstDelayMs = 1_000;
const longestDelayMs = 15_000;
/** The desk says something every 15 s; a longer silence is a dead line. */
const longestSilenceMs = 40_000;

/** Follows `/api/v1/events` for as long as somebody is signed in, and goes on after a break where it stood. */
export class StreamClient {
  status: LiveStatus = { state: 'connecting', since: Date.now() };
  private position: string | undefined;
  private stop = new AbortController();
  private wake: (() => void) | undefined;
  private running = false;

  constructor(private readonly tell: (message: LiveMessage) => void) {}

  /** Begins, unless it runs already. */
  follow(): void {
    if (this.running) return this.nudge();
    this.running = true;
    this.stop = new AbortController();
    void this.run(this.stop.signal);
  }

  nudge(): void {
    this.wake?.();
  }

  leave(): void {
    this.running = false;
    this.position = undefined;
    this.stop.abort();
    this.wake?.();
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let delay = firstDelayMs; !signal.aborted; delay = Math.min(delay * 1.5, longestDelayMs)) {
      const ended = await this.connect(signal);
      if (ended === 'signed out') {
        this.running = false;
        return this.become('ended');
      }
      if (ended === 'was open') delay = firstDelayMs;
      if (!signal.aborted) await this.pause(delay);
    }
  }

  private async connect(signal: AbortSignal): Promise<'signed out' | 'was open' | 'refused'> {
    const silence = new AbortController();
    let wasOpen = false;
    try {
      const headers = { accept: 'text/event-stream', ...(this.position && { 'last-event-id': this.position }) };
      const answer = await fetch('/api/v1/events', { headers, signal: AbortSignal.any([signal, silence.signal]) });
      if (answer.status === 401) return 'signed out';
      if (answer.ok && answer.body) {
        wasOpen = true;
        await this.read(answer.body, silence);
      }
    } catch {
      // A broken line, as expected as a closed one.
    }
    if (!signal.aborted) this.become('lost');
    return wasOpen ? 'was open' : 'refused';
  }

  private async read(body: ReadableStream<Uint8Array<ArrayBuffer>>, silence: AbortController): Promise<void> {
    const frames = frameReader();
    let watch = setTimeout(() => silence.abort(), longestSilenceMs);
    const began = this.position === undefined;
    this.become('open');
    // What was loaded before the stream stood may have changed meanwhile.
    if (began) this.tell({ kind: 'resync' });
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      clearTimeout(watch);
      if (done) return;
      watch = setTimeout(() => silence.abort(), longestSilenceMs);
      this.take(frames(value));
    }
  }

  private take(frames: readonly Frame[]): void {
    const events: DeskEvent[] = [];
    for (const { id, event, data } of frames) {
      if (id !== undefined) this.position = id;
      if (event === 'resync') this.tell({ kind: 'resync' });
      else if (data) events.push(JSON.parse(data) as DeskEvent);
    }
    if (events.length > 0) this.tell({ kind: 'events', events });
  }

  private become(state: LiveStatus['state']): void {
    if (state === this.status.state) return;
    this.status = { state, since: Date.now() };
    this.tell({ kind: 'status', status: this.status });
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
    this.wake = undefined;
  }
}
