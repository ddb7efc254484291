import { Client } from 'pg';

import { createTestDatabase, inDatabase, TEMPLATE_DATABASE } from '../support/database.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows.flat();
}

describe('the databases of tests', () => {
  it('clones the template for several callers at once, each apart from the others', async () => {
    const databases = await Promise.all(Array.from({ length: 8 }, createTestDatabase));
    await query(databases[0]!.url, 'CREATE TABLE public.mine ()');
    expect(await query(databases[1]!.url, `SELECT to_regclass('public.mine')`)).toEqual([null]);
    await Promise.all(databases.map(({ drop }) => drop()));
  });

  it('starts every clone with the schema of the template', async () => {
    const tables = `SELECT format('%s.%s', schemaname, tablename) FROM pg_tables
                     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
    const database = await createTestDatabase();
    const cloned = await query(database.url, tables);
    expect(cloned).toEqual(await query(inDatabase(database.url, TEMPLATE_DATABASE), tables));
    await database.drop();
  });

  it('drops a database that still has a connection, and drops it twice without complaint', async () => {
    const database = await createTestDatabase();
    const straggler = new Client(database.url);
    straggler.on('error', () => {});
    await straggler.connect();
    await database.drop();
    await database.drop();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});
