import type { LiveCommand, LiveMessage } from './message.js';
import { StreamClient } from './stream.client.js';

/** One stream for all tabs of this browser. It lives as long as one of them. */
const ports = new Set<MessagePort>();
const stream = new StreamClient((message: LiveMessage) => {
  for (const port of ports) port.postMessage(message);
});

// The types of workers and of pages cannot stand in one program.
const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<LiveCommand>) => {
    if (data === 'leave') return void ports.delete(port);
    if (data === 'nudge') return stream.nudge();
    ports.add(port);
    port.postMessage({ kind: 'status', status: stream.status } satisfies LiveMessage);
    stream.follow();
  };
};
