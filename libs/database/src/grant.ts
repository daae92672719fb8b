import pg from 'pg';

/** Tables that a running desk adds to and never changes. */
const onlyAddedTo = ['audit_entry'];
/** Tables that a running desk only reads. */
const onlyRead = ['migrations'];

/**
 * Gives a role of the server what a running desk needs and no more: rows, not tables. Run as the owner of the
 * database after each migration; processes then start with `MIGRATE_ON_START=false` under that role.
 */
export async function grantTo(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'switchboard grant' });
  await client.connect();
  const name = client.escapeIdentifier(role);
  const tables = (list: readonly string[]): string => list.map((table) => client.escapeIdentifier(table)).join(', ');
  try {
    await client.query('begin');
    await client.query(`revoke all on all tables in schema public from ${name}`);
    await client.query(`revoke create on schema public from ${name}, public`);
    await client.query(`grant usage on schema public to ${name}`);
    await client.query(`grant select, insert, update, delete on all tables in schema public to ${name}`);
    await client.query(`grant usage on all sequences in schema public to ${name}`);
    await client.query(`revoke update, delete on ${tables(onlyAddedTo)} from ${name}`);
    await client.query(`revoke insert, update, delete on ${tables(onlyRead)} from ${name}`);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
