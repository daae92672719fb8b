import { describe, expect, it } from '@jest/globals';
import { isId } from './ids.js';

describe('isId', () => {
  it.each(['1', '42', '9223372036854775807'])('takes %s', (value) => expect(isId(value)).toBe(true));
  it.each(['', '0', '-1', '1;drop', '01', '1.5', '9223372036854775808', 7, null, ['1']])('refuses %p', (value) =>
    expect(isId(value)).toBe(false),
  );
});
