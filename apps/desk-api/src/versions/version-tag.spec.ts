import { describe, expect, it } from '@jest/globals';
import { mustMatch, readIfMatch, versionTag } from './version-tag.js';

describe('readIfMatch', () => {
  it.each([
    [versionTag(7), 7],
    ['W/"7"', 7],
    [' "12" ', 12],
    ['*', undefined],
    [undefined, undefined],
  ])('%j is %p', (header, version) => expect(readIfMatch(header)).toBe(version));
  it.each(['7', '"x"', '"1", "2"', '""', '"-1"'])('refuses %j', (header) =>
    expect(() => readIfMatch(header)).toThrow('invalid_input'),
  );
});

describe('mustMatch', () => {
  it('lets the newest version pass, and whoever named none', () => {
    expect(() => mustMatch(3, 3)).not.toThrow();
    expect(() => mustMatch(undefined, 3)).not.toThrow();
  });
  it('refuses an older one', () => expect(() => mustMatch(2, 3)).toThrow('precondition_failed'));
});
