import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readUploadToken, uploadToken } from './upload-token.js';

const mac = (text: string) => createHmac('sha256', 'key').update(text).digest('base64url');
const upload = { content: 'ab'.repeat(32), name: 'Расписание.pdf', mediaType: 'application/pdf', bytes: 7 };
const now = new Date('2026-11-22T12:00:00Z');
const token = uploadToken(upload, 'person:1', now, mac);

describe('readUploadToken', () => {
  it('gives the uploader the upload back', () => expect(readUploadToken(token, 'person:1', now, mac)).toEqual(upload));

  it('is of no use to anybody else', () => expect(readUploadToken(token, 'person:2', now, mac)).toBeUndefined());

  it('ends after a day', () =>
    expect(readUploadToken(token, 'person:1', new Date('2026-11-23T12:00:01Z'), mac)).toBeUndefined());

  it('takes nothing that was changed or made up', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.nat({ max: token.length - 1 }).map((at) => `${token.slice(0, at)}!${token.slice(at + 1)}`),
    );
    fc.assert(fc.property(anything, (text) => expect(readUploadToken(text, 'person:1', now, mac)).toBeUndefined()));
  });
});
