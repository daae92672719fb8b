import { describe, expect, it } from '@jest/globals';
import { frameReader } from './frames.js';

describe('frameReader', () => {
  it('reads frames whole, however they are cut on the way', () => {
    const stream = 'retry: 2000\nid: 7\n\n: still here\n\nid: 8\nevent: ticket.changed\ndata: {"id":"8"}\n\nid: 9\n';
    for (let cut = 0; cut <= stream.length; cut++) {
      const read = frameReader();
      expect([...read(stream.slice(0, cut)), ...read(stream.slice(cut))]).toEqual([
        { id: '7' },
        { id: '8', event: 'ticket.changed', data: '{"id":"8"}' },
      ]);
    }
  });

  it('joins lines of data and takes the line ends of every system', () => {
    expect(frameReader()('data: a\r\ndata:b\r\n\r\n')).toEqual([{ data: 'a\nb' }]);
  });
});
