/** A user of the machine that a server may run as. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The first of `names` that `/etc/passwd` knows and that is not root. PostgreSQL refuses to run as root, so a
 * desk started by root lends its database to one of these.
 */
export function findSystemUser(passwd: string, names: readonly string[]): SystemUser | undefined {
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const fields = users.find(([known]) => known === name);
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (Number.isInteger(uid) && uid > 0 && Number.isInteger(gid)) return { name, uid, gid };
  }
  return undefined;
}
