import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachmentHeaders } from './download.js';

describe('attachmentHeaders', () => {
  it('keeps the name for browsers and a plain one for the rest', () =>
    expect(attachmentHeaders('Отчёт (1).pdf', 5)['content-disposition']).toBe(
      `attachment; filename="_____ (1).pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%281%29.pdf`,
    ));

  it('is one header line whatever the name is, and always an attachment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const header = attachmentHeaders(name, 1)['content-disposition'];
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.~!%-]*$/);
      }),
    );
  });
});
