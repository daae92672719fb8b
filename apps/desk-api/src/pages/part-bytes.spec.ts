import { describe, expect, it } from '@jest/globals';
import type { MultipartFile } from '@fastify/multipart';
import { partBytes } from './part-bytes.js';

/** What the multipart reader hands over when the last chunk before the cut was full. */
const part = (truncated: boolean): MultipartFile =>
  ({ toBuffer: async () => Buffer.from('bytes'), file: { truncated } }) as unknown as MultipartFile;

describe('partBytes', () => {
  it('gives a whole file', async () => expect((await partBytes(part(false))).toString()).toBe('bytes'));

  it('refuses a file that was cut at its limit', () =>
    expect(partBytes(part(true))).rejects.toMatchObject({ code: 'payload_too_large' }));
});
