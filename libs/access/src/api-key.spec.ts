import { describe, expect, it } from '@jest/globals';
import { readApiKey, writeApiKey } from './api-key.js';

describe('readApiKey', () => {
  it('reads what was written', () => {
    const parts = { prefix: 'ab12cd34', secret: 'S3cret_with-all_the-signs' };
    expect(readApiKey(writeApiKey(parts))).toEqual(parts);
  });
  it.each([
    '',
    'sbk_',
    'sbk_short_x',
    'sbk_ABCDEF_0123456789abcdef',
    'xbk_abcdef_0123456789abcdef',
    'sbk_abcdef_0123456789abcdef ',
    `sbk_abcdef_${'x'.repeat(129)}`,
  ])('refuses %j', (key) => expect(readApiKey(key)).toBeUndefined());
});
