import { chmod, chown, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { findBinaries } from '../../src/embedded/binaries.js';
import { ensureCluster } from '../../src/embedded/cluster.js';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { chooseServerAccount } from '../../src/embedded/server-account.js';
import { launchServer } from '../../src/embedded/server.js';

import { NOBODY, queryRow, startApp } from '../support/embedded-process.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

const IS_ROOT = process.getuid?.() === 0;

describe('starting the embedded PostgreSQL', () => {
  let dataDir: string;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    ({ dataDir, remove } = await createTemporaryFolder());
  });

  afterEach(() => remove());

  it.each([
    ['that only its user may enter', 0o700],
    ['that everybody may enter', 0o755],
  ])('starts in a folder %s, and keeps the data for the next start', async (_, mode) => {
    await chmod(dirname(dataDir), mode);
    const first = await startEmbeddedPostgres({ dataDir });
    expect(await queryRow(first.url, 'SHOW fsync')).toEqual(['on']);
    await queryRow(first.url, 'CREATE TABLE kept AS SELECT 42 AS value');
    await first.stop();
    expect(await readFile(`${dataDir}.log`, 'utf8')).toContain('database system is shut down');
    await expect(queryRow(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    const second = await startEmbeddedPostgres({ dataDir });
    expect(await queryRow(second.url, 'SELECT value FROM kept')).toEqual([42]);
    await second.stop();
  });

  it('works for a user who is not root', async () => {
    await chown(dirname(dataDir), IS_ROOT ? NOBODY : process.getuid!(), -1);
    // The checkout may be private to root: the user keeps the right to read it.
    const becomeNobody = `--reuid=${NOBODY} --regid=${NOBODY} --clear-groups --inh-caps=-all,+dac_override \
--ambient-caps=-all,+dac_override --securebits=+no_setuid_fixup --`.split(' ');
    const app = startApp(['start', dataDir], IS_ROOT ? ['setpriv', ...becomeNobody] : []);
    expect(await queryRow(await app.nextLine(), 'SELECT current_user::text')).toEqual(['commercial']);
    app.child.kill('SIGINT');
    expect(await app.ended).toEqual({ code: 0, errors: '' });
  });

  it('runs programs that lie where only their user may enter', async () => {
    const programs = join(dirname(dataDir), 'programs');
    const installed = dirname(dirname((await findBinaries()).postgres));
    await cp(installed, programs, { recursive: true, verbatimSymlinks: true });
    const binaries = {
      initdb: join(programs, 'bin', 'initdb'),
      postgres: join(programs, 'bin', 'postgres'),
    };
    const account = await chooseServerAccount(dataDir, binaries);
    await ensureCluster(dataDir, binaries, account, { flush: false });
    expect(await launchServer({ dataDir, binaries, account, settings: {} })).toMatchObject({ ready: true });
  });

  it('makes missing parent folders, which nobody else may enter', async () => {
    const parent = join(dirname(dataDir), '.data');
    const { stop } = await startEmbeddedPostgres({ dataDir: join(parent, 'postgres') });
    await stop();
    expect((await stat(parent)).mode & 0o777).toBe(0o700);
  });

  it('leaves a folder alone that holds something else', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'thesis.tex'), '');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      /^The folder .* holds files that are not/,
    );
    expect(await readdir(dataDir)).toEqual(['thesis.tex']);
  });

  it('says in one line that a folder cannot be written', async () => {
    await chmod(dirname(dataDir), 0o555);
    const app = startApp(['start', join(dataDir, 'postgres')].concat(IS_ROOT ? [String(NOBODY)] : []));
    const { code, errors } = await app.ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/^EmbeddedPostgresError: The data folder .* can't be written \(EACCES at .*\n$/);
  });

  it('says in one line that a file is in the way', async () => {
    const file = `${dataDir}.txt`;
    await writeFile(file, '');
    const start = startEmbeddedPostgres({ dataDir: join(file, 'postgres') });
    await expect(start).rejects.toThrow(/^The data folder .* can't be written \((EEXIST|ENOTDIR) at /);
  });
});
