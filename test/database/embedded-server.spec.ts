import { readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { findBinaries } from '../../src/embedded/binaries.js';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { EmbeddedPostgresError } from '../../src/embedded/embedded-postgres-error.js';
import { chooseServerAccount } from '../../src/embedded/server-account.js';
import { launchServer } from '../../src/embedded/server.js';

import { queryRow } from '../support/embedded-process.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

describe('the server of an embedded PostgreSQL', () => {
  let dataDir: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ dataDir, remove } = await createTemporaryFolder());
  });

  afterAll(() => remove());

  it('runs with the settings of the product, those of the caller, and a door to this machine only', async () => {
    const { url, stop } = await startEmbeddedPostgres({
      dataDir,
      settings: { work_mem: '8MB', listen_addresses: '*', fsync: 'off' },
    });
    const setting = (name: string): string => `current_setting('${name}')`;
    const names = ['listen_addresses', 'server_encoding', 'timezone', 'max_connections'];
    expect(await queryRow(url, `SELECT ${[...names, 'work_mem', 'fsync'].map(setting).join(', ')}`)).toEqual([
      '127.0.0.1',
      'UTF8',
      'UTC',
      '200',
      '8MB',
      'off',
    ]);
    const lockFile = await readFile(join(dataDir, 'postmaster.pid'), 'utf8');
    expect(lockFile.split('\n')[4]).toBe('');
    expect(await queryRow(url, `SELECT lower('ÄÖÜ'), 'B' < 'a'`)).toEqual(['äöü', true]);
    await stop();
  });

  it('lets in the application with its password only, and nobody as a superuser', async () => {
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    const wrong = Object.assign(new URL(url), { password: 'guessed' });
    await expect(queryRow(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const superuser = Object.assign(new URL(url), { username: 'postgres' });
    await expect(queryRow(superuser.href, 'SELECT 1')).rejects.toThrow('no pg_hba.conf entry');
    expect(await queryRow(url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([
      false,
    ]);
    expect((await stat(join(dataDir, 'commercial.password'))).mode & 0o777).toBe(0o600);
    await stop();
  });

  it('keeps the log beside the data, free of statements, and begins it anew at each start', async () => {
    const log = `${dataDir}.log`;
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    await expect(queryRow(url, `SELECT 'private'::integer`)).rejects.toThrow('invalid input syntax');
    await stop();
    expect(await readFile(log, 'utf8')).toContain('ready to accept connections');
    expect(await readFile(log, 'utf8')).not.toContain('private');
    await writeFile(log, 'of the last run');
    const next = await startEmbeddedPostgres({ dataDir });
    await next.stop();
    expect(await readFile(log, 'utf8')).not.toContain('of the last run');
  });

  it('gives up a port that another program took first', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const binaries = await findBinaries();
    const account = await chooseServerAccount(dataDir, binaries);
    const choosePort = async (): Promise<number> => port;
    await expect(
      launchServer({ dataDir, binaries, account, settings: {}, choosePort }),
    ).resolves.toBeUndefined();
    other.close();
  });

  it('says in one line what PostgreSQL refused', async () => {
    const start = startEmbeddedPostgres({ dataDir, settings: { shared_buffers: 'plenty' } });
    await expect(start).rejects.toThrow(EmbeddedPostgresError);
    await expect(start).rejects.toThrow(
      /^The embedded PostgreSQL in .* didn't start: FATAL: .*shared_buffers.*$/,
    );
  });

  it('refuses data of another major version', async () => {
    await writeFile(join(dataDir, 'PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/was made by PostgreSQL 17 .* by 18/);
  });
});
