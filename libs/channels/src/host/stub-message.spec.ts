import { describe, expect, it } from '@jest/globals';
import { inboundMessage } from '#libs/contracts';
import { stubMessage } from './stub-message.js';

describe('stubMessage', () => {
  it('is a message by the contract that carries the raw bytes', () => {
    const stub = stubMessage({ externalKey: 'k'.repeat(2000), raw: 'a-key', rawBytes: 7 });
    expect(inboundMessage.parse(stub)).toEqual(stub);
    expect(stub.attachments).toEqual([
      { name: 'message.bin', mediaType: 'application/octet-stream', bytes: 7, content: 'a-key' },
    ]);
    expect(stub.flags).toEqual(['unreadable']);
  });
});
