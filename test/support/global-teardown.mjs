import pg from 'pg';

/** Stops the server of our own, or drops the template and whatever databases a failed file left on a given one. */
export default async function teardown() {
  const { SWITCHBOARD_TEST_SERVER: server, SWITCHBOARD_TEST_TEMPLATE: template } = process.env;
  if (!server || !template) return;
  delete process.env.SWITCHBOARD_TEST_SERVER;
  if (globalThis.switchboardTestPostgres) return globalThis.switchboardTestPostgres.stop();
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [template]);
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  await client.end();
}
