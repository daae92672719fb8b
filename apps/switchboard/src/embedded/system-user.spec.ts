import { describe, expect, it } from '@jest/globals';
import { findSystemUser } from './system-user.js';

const passwd = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash',
  'broken:x::',
].join('\n');

describe('findSystemUser', () => {
  it('takes the first name that exists, in the order of preference', () => {
    expect(findSystemUser(passwd, ['postgres', 'nobody'])).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(findSystemUser(passwd, ['absent', 'nobody'])).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
  });

  it.each([['root'], ['broken'], ['absent']])('never answers %s', (name) =>
    expect(findSystemUser(passwd, [name])).toBeUndefined(),
  );
});
