/**
 * With the PostgreSQL of Debian (`apt-get install postgresql`), whose pg_dump is as new as its server; the embedded one
 * brings no client programs.
 */
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { findPostmaster, stopPostmaster } from '../../src/embedded/postmaster.js';
import { chooseServerAccount } from '../../src/embedded/server-account.js';
import { launchServer } from '../../src/embedded/server.js';
import { assertBuilt } from '../support/app-process.js';
import { cli } from '../support/cli.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const VERSIONS = '/usr/lib/postgresql';

function programs(): string {
  const found = existsSync(VERSIONS) ? readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a)) : [];
  if (found.length === 0) throw new Error('There is no PostgreSQL of Debian: apt-get install postgresql');
  return join(VERSIONS, found[0]!, 'bin');
}

describe('commercial backup and restore', () => {
  let folder: TemporaryFolder;
  let server: string;
  const bin = programs();

  beforeAll(async () => {
    assertBuilt();
    folder = await createTemporaryFolder();
    const { dataDir } = folder;
    const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
    const account = await chooseServerAccount(dataDir, binaries);
    const words = [
      `--pgdata=${dataDir}`,
      '--username=commercial',
      '--auth=trust',
      '--encoding=UTF8',
      '--no-sync',
    ];
    const [code] = await once(account.spawn(binaries.initdb, words, { stdio: 'ignore' }), 'exit');
    expect(code).toBe(0);
    const started = await launchServer({ dataDir, binaries, account, settings: { fsync: 'off' } });
    server = `postgresql://commercial@127.0.0.1:${started!.port}`;
  });
  afterAll(async () => {
    await stopPostmaster(folder.dataDir, (await findPostmaster(folder.dataDir))!.pid);
    await folder.remove();
  });

  async function sql<Row>(database: string, ...statements: string[]): Promise<Row[]> {
    const dataSource = await new DataSource({ type: 'postgres', url: `${server}/${database}` }).initialize();
    try {
      let rows: Row[] = [];
      for (const statement of statements) rows = await dataSource.query(statement);
      return rows;
    } finally {
      await dataSource.destroy();
    }
  }
  const run = (database: string, ...words: string[]) =>
    cli(words, {
      env: { DATABASE_URL: `${server}/${database}`, PATH: `${bin}:${process.env['PATH']}` },
    });

  it('put everything of the package into another database, and nothing of the host', async () => {
    await sql('postgres', 'CREATE DATABASE shop', 'CREATE DATABASE again');
    expect(await run('shop', 'migrate')).toMatchObject({ code: 0 });
    await sql(
      'shop',
      `INSERT INTO commercial.accounts (id, kind, created_at) SELECT gen_random_uuid(), 'personal', now() FROM generate_series(1, 7)`,
      'CREATE TABLE public.patients (id integer)',
    );
    const to = join(folder.dataDir, '..', 'kept');
    expect(await run('shop', 'backup', '--to', to)).toMatchObject({ code: 0 });
    expect(await run('again', 'restore', '--from', to)).toMatchObject({ code: 0 });
    const shape = `SELECT (SELECT count(*)::int FROM commercial.accounts) AS accounts,
      (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'commercial'::regnamespace) AS relations,
      (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'commercial_jobs'::regnamespace) AS jobs,
      (SELECT count(*)::int FROM pg_proc WHERE pronamespace = 'commercial'::regnamespace) AS functions,
      (SELECT count(*)::int FROM pg_trigger WHERE NOT tgisinternal) AS triggers,
      (SELECT array_agg(name ORDER BY id) FROM public.commercial_migrations) AS migrations`;
    const [original] = await sql<{ accounts: number }>('shop', shape);
    expect(original!.accounts).toBe(7);
    expect(await sql('again', shape)).toEqual([original]);
    expect(await sql('again', `SELECT to_regclass('public.patients') AS patients`)).toEqual([
      { patients: null },
    ]);
    expect(await run('again', 'migrate', '--check')).toMatchObject({ code: 0 });
    expect(await run('again', 'restore', '--from', to)).toMatchObject({ code: 1 });
  });

  it('refuse a database without the package', async () => {
    await sql('postgres', 'CREATE DATABASE nothing');
    const to = join(folder.dataDir, '..', 'nothing');
    expect(await run('nothing', 'backup', '--to', to)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('nothing to back up'),
    });
    expect(existsSync(to)).toBe(false);
  });
});
