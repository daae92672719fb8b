import { describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/access';
import type { StoredEvent } from '#libs/queue';
import { Follower } from './follower.js';

const principal: Principal = { type: 'program', id: '1', name: 'key', scopes: [] };
const event = (id: number): StoredEvent =>
  ({
    id: String(id),
    type: 'ticket.changed',
    at: new Date(0),
    ticketId: '1',
    queueId: null,
    data: {},
  }) as unknown as StoredEvent;

/** A socket that keeps what is written until somebody reads it. */
class Socket {
  text = '';
  state: 'open' | 'ended' | 'destroyed' = 'open';
  unread = 0;
  write(chunk: string): boolean {
    this.text += chunk;
    return true;
  }
  end(): void {
    this.state = 'ended';
  }
  destroy(): void {
    this.state = 'destroyed';
  }
  get writableLength(): number {
    return this.unread;
  }
  ids(): string[] {
    return [...this.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id as string);
  }
}

describe('Follower', () => {
  it('writes the past, then what came meanwhile, each event once', () => {
    const socket = new Socket();
    const follower = new Follower(principal, socket);
    follower.past([event(1), event(2)]);
    follower.live([event(2), event(3)]);
    follower.past([event(4)]);
    follower.goLive();
    follower.live([event(4), event(5)]);
    expect(socket.ids()).toEqual(['1', '2', '4', '3', '5']);
  });

  it('does not repeat the event that the reader saw last', () => {
    const socket = new Socket();
    const follower = new Follower(principal, socket, '1');
    follower.goLive();
    follower.live([event(1), event(2)]);
    expect(socket.ids()).toEqual(['2']);
  });

  it('cuts a reader off that takes nothing', () => {
    const socket = new Socket();
    const follower = new Follower(principal, socket);
    follower.goLive();
    socket.unread = 300 * 1024;
    follower.live([event(1)]);
    expect([socket.state, follower.closed]).toEqual(['destroyed', true]);
  });

  it('cuts a reader off whose past takes longer than the present fills its room', () => {
    const socket = new Socket();
    const follower = new Follower(principal, socket);
    for (let id = 1; id <= 6000 && !follower.closed; id++) follower.live([event(id)]);
    expect(socket.state).toBe('destroyed');
  });

  it('writes nothing after it was closed', () => {
    const socket = new Socket();
    const follower = new Follower(principal, socket);
    follower.goLive();
    follower.close();
    follower.live([event(1)]);
    expect([socket.state, socket.text]).toEqual(['ended', '']);
  });
});
