import { describe, expect, it } from '@jest/globals';
import { visiblePart } from './visible-part.js';

describe('visiblePart', () => {
  it.each([
    ['the whole text where nothing was cut', { text: 'a' }, { text: 'a', fullText: null }],
    ['the whole text where the cut left it as it was', { text: 'a', visibleText: 'a' }, { text: 'a', fullText: null }],
    [
      'the new part, with the whole within reach',
      { text: 'a\n> b', visibleText: 'a' },
      { text: 'a', fullText: 'a\n> b' },
    ],
    ['everything where the cut left nothing', { text: '> b', visibleText: ' \n' }, { text: '> b', fullText: null }],
  ])('is %s', (_name, message, shown) => expect(visiblePart(message)).toEqual(shown));
});
