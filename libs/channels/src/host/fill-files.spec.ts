import { describe, expect, it } from '@jest/globals';
import { inboundMessage } from '#libs/contracts';
import { fillFiles } from './fill-files.js';

const message = (more: object) =>
  inboundMessage.parse({
    v: 1,
    type: 'message',
    externalId: 'x',
    sender: { addresses: [] },
    replyTo: '',
    text: '',
    thread: {},
    ...more,
  });
const file = (more: object) => ({ name: 'a', mediaType: 'text/plain', bytes: 1, ...more });

describe('fillFiles', () => {
  it('puts keys where files stood, and leaves the rest', () => {
    const filled = fillFiles(
      message({
        html: 'file:1',
        attachments: [file({ content: 'file:0' }), file({ content: 'a-key' }), file({ remote: 'r' })],
      }),
      ['key-0', 'key-1'],
    );
    expect(filled.html).toBe('key-1');
    expect(filled.attachments.map(({ content }) => content)).toEqual(['key-0', 'a-key', undefined]);
  });

  it('refuses a place without a file', () => {
    expect(() => fillFiles(message({ html: 'file:2' }), ['key-0'])).toThrow('file 2 of 1');
  });
});
