import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { findPostmaster, isAlive } from '../src/database/embedded/postmaster.js';

import { killGroup, queryRow, startApp, until } from './support/embedded-process.js';
import { createTemporaryFolder } from './support/temporary-folder.js';

/** What a killed app leaves: `kept` holds a row, and the server runs without an owner. */
async function leaveOrphan(dataDir: string): Promise<number> {
  const app = startApp(['start', dataDir]);
  await queryRow(await app.nextLine(), 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS value');
  await killGroup(app);
  return (await findPostmaster(dataDir))!.pid;
}

async function killServer(dataDir: string, pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(async () => (await findPostmaster(dataDir)) === undefined);
}

/** Starts once more, and stops what it started. */
async function readKept(dataDir: string): Promise<unknown[]> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir });
  return queryRow(url, 'SELECT value FROM kept').finally(stop);
}

describe('after a kill', () => {
  let dataDir: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ dataDir, remove } = await createTemporaryFolder());
  });

  afterAll(() => remove());

  it('adopts the server that a killed app left running, and stops it in the end', async () => {
    const orphan = await leaveOrphan(dataDir);
    const lines: string[] = [];
    const { url, stop } = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
    expect(await findPostmaster(dataDir)).toMatchObject({ pid: orphan });
    expect(await queryRow(url, 'SELECT value FROM kept')).toEqual([42]);
    expect(lines).toEqual([expect.stringMatching(/^Adopted/)]);
    await stop();
    expect(await findPostmaster(dataDir)).toBeUndefined();
  });

  it('recovers when app and server were killed', async () => {
    await killServer(dataDir, await leaveOrphan(dataDir));
    expect(await readdir(dataDir)).toContain('postmaster.pid');
    expect(await readKept(dataDir)).toEqual([42]);
  });

  it('starts the server again that was killed under its app, on the port that it had, and keeps it', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const { url, stop } = await startEmbeddedPostgres({ dataDir, keepRunning: true, log });
    const { pid } = (await findPostmaster(dataDir))!;
    await killServer(dataDir, pid);
    const answers = () => queryRow(url, 'SELECT value FROM kept').then(String, () => 'nothing');
    await until(async () => (await answers()) === '42');
    expect(lines.filter((line) => /^Started .* again/.test(line))).toHaveLength(1);
    await until(() =>
      startEmbeddedPostgres({ dataDir }).then(
        () => false,
        (error: Error) => error.message.includes('in use'),
      ),
    );
    await stop();
    expect(await findPostmaster(dataDir)).toBeUndefined();
  });

  it('leaves no server behind where its app stops while it is started again', async () => {
    const { stop } = await startEmbeddedPostgres({ dataDir, keepRunning: true });
    const { pid } = (await findPostmaster(dataDir))!;
    await killServer(dataDir, pid);
    await until(async () => (await findPostmaster(dataDir)) !== undefined);
    await stop();
    expect(await findPostmaster(dataDir)).toBeUndefined();
  });

  it('recovers when the pid of the killed server now belongs to another process of its user', async () => {
    await killServer(dataDir, await leaveOrphan(dataDir));
    const { uid, gid } = await stat(join(dataDir, 'PG_VERSION'));
    const other = spawn('sleep', ['600'], process.getuid!() === 0 ? { uid, gid } : {});
    const lockFile = join(dataDir, 'postmaster.pid');
    await writeFile(lockFile, (await readFile(lockFile, 'utf8')).replace(/^\d+/, String(other.pid)));
    try {
      expect(await readKept(dataDir)).toEqual([42]);
      expect(isAlive(other.pid!)).toBe(true);
    } finally {
      other.kill();
    }
  });

  it('recovers from a lock file that was cut off', async () => {
    await killServer(dataDir, await leaveOrphan(dataDir));
    await writeFile(join(dataDir, 'postmaster.pid'), '');
    expect(await readKept(dataDir)).toEqual([42]);
  });

  it('makes a cluster anew that was half made, and clears the rest away', async () => {
    const { dataDir, remove } = await createTemporaryFolder();
    const app = startApp(['start', dataDir]);
    const halfMade = async (): Promise<boolean> => {
      const unfinished = (await readdir(dirname(dataDir))).find((name) => name.includes('.unfinished-'));
      if (unfinished === undefined) return false;
      return (await readdir(join(dirname(dataDir), unfinished))).includes('global');
    };
    await until(halfMade);
    await killGroup(app);
    expect(await readdir(dirname(dataDir))).not.toContain(basename(dataDir));
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    expect(await queryRow(url, 'SELECT current_database()::text')).toEqual(['commercial']);
    await stop();
    expect((await readdir(dirname(dataDir))).sort()).toEqual(['postgres', 'postgres.log']);
    await remove();
  });
});
