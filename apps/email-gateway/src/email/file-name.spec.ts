import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName } from './file-name.js';

describe('cleanFileName', () => {
  it.each([
    ['отчёт.pdf', 'отчёт.pdf'],
    ['отче\u0308т.pdf', 'отчёт.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.doc', 'a.doc'],
    ['\u200B.htaccess', 'htaccess'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['a\r\nb.txt', 'a b.txt'],
    ['a"b<c>.png', 'a_b_c_.png'],
    ['...', ''],
    ['', ''],
  ])('makes %j into %j', (name, clean) => expect(cleanFileName(name)).toBe(clean));

  it('fits any name and leaves a clean one as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
        const clean = cleanFileName(name);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(180);
        expect(cleanFileName(clean)).toBe(clean);
      }),
    );
    expect(cleanFileName(`${'я'.repeat(300)}.docx`)).toMatch(/^я+\.docx$/);
  });
});
