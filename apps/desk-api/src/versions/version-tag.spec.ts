import { describe, expect, it } from '@jest/globals';
import { mustMatch, readIfMatch, versionTag } from './version-tag.js';

describe('readIfMatch', () => {
  it.each([
    [versionTag(7), [7]],
    ['W/"7"', [7]],
    [' "12" ', [12]],
    ['"1", "15"', [1, 15]],
    ['"1",W/"2"\t,"3"', [1, 2, 3]],
    [', "1", ,"2",', [1, 2]],
    ['"other", "7"', [7]],
    ['"a,b", "7"', [7]],
    ['"other"', []],
    ['""', []],
    ['"-1", "07", "12345678901"', []],
    ['*', undefined],
    [undefined, undefined],
  ])('%j is %p', (header, versions) => expect(readIfMatch(header)).toEqual(versions));
  it.each(['7', '', ' ', ',', '"1" "2"', '"1""2"', '"1", 2', '*, "1"', '"1', 'w/"1"', '"a b"'])(
    'refuses %j',
    (header) => expect(() => readIfMatch(header)).toThrow('invalid_input'),
  );
});

describe('mustMatch', () => {
  it.each([[[3]], [[2, 3]], [undefined]])('lets whoever named %p change version 3', (versions) =>
    expect(() => mustMatch(versions, 3)).not.toThrow(),
  );
  it.each([[[2]], [[1, 2]], [[]]])('refuses %p', (versions) =>
    expect(() => mustMatch(versions, 3)).toThrow('precondition_failed'),
  );
});
