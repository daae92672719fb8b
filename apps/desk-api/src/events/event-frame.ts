import type { StoredEvent } from '#libs/queue';

/** One event of the stream in the wire form of Server-Sent Events. */
export function eventFrame({ id, type, at, ticketId, queueId, data }: StoredEvent): string {
  const body = JSON.stringify({ id, type, at, ticketId, queueId, data });
  return `id: ${id}\nevent: ${type}\ndata: ${body}\n\n`;
}

/** Tells the follower where it stands, so that it can resume from here even before the first event. */
export const positionFrame = (id: string): string => `retry: 2000\nid: ${id}\n\n`;

/** Keeps proxies from closing a quiet stream. */
export const heartbeatFrame = ': still here\n\n';
