import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';

import { connectToEmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { findPostmaster, isAlive } from '../../src/embedded/postmaster.js';

import { killGroup, queryRow, startApp, until } from '../support/embedded-process.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

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

  describe('of the server under its app', () => {
    /** An app in this process, with what it logs. */
    async function keeping() {
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      const { url, stop } = await startEmbeddedPostgres({ dataDir, keepRunning: true, log });
      const { pid, port } = (await findPostmaster(dataDir))!;
      const said = (pattern: RegExp, times: number) =>
        until(async () => lines.filter((line) => pattern.test(line)).length >= times);
      return { url, stop, pid, port, said };
    }
    const kept = (url: string) => queryRow(url, 'SELECT value FROM kept');
    const owner = async (url: string) => (await queryRow(url, OWNER))[0];
    const OWNER = `SELECT substring(application_name FROM '\\d+') FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted`;

    it('starts it again on its port and stays its owner, as often as that happens', async () => {
      const { url, stop, said } = await keeping();
      for (const times of [1, 2]) {
        await killServer(dataDir, (await findPostmaster(dataDir))!.pid);
        await said(/^Started .* again/, times);
        expect(await kept(url)).toEqual([42]);
        await until(async () => (await owner(url)) === String(process.pid));
      }
      await stop();
      expect(await findPostmaster(dataDir)).toBeUndefined();
      expect(await readFile(`${dataDir}.log`, 'utf8')).toMatch(/not properly shut down[^]*is shut down/);
    });

    it('is the owner again after a tool that took the server over, and stopped it', async () => {
      const { url, stop, said } = await keeping();
      // Who asks at once is quicker than the app, which waits for a second.
      await queryRow(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      );
      const tool = await connectToEmbeddedPostgres({ dataDir });
      await said(/now belongs to process/, 1);
      await tool.stop();
      await said(/^Started .* again/, 1);
      expect(await kept(url)).toEqual([42]);
      await stop();
      expect(await findPostmaster(dataDir)).toBeUndefined();
    });

    /** Kills the server, and keeps its app from starting it again until the port is given back. */
    async function killAndTakePort({ pid, port }: { pid: number; port: number }) {
      await killServer(dataDir, pid);
      const taker = createServer((socket) => socket.destroy());
      await until(() => {
        taker.listen(port, '127.0.0.1');
        return once(taker, 'listening').then(
          () => true,
          () => false,
        );
      });
      return () => void taker.close();
    }

    it('says that its port is taken, and takes it when it is free', async () => {
      const app = await keeping();
      const giveBack = await killAndTakePort(app);
      await app.said(/^Port .* is taken/, 1);
      giveBack();
      await app.said(/^Started .* again/, 1);
      expect(await kept(app.url)).toEqual([42]);
      await app.stop();
    });

    it('waits for another’s server on another port, and neither takes nor stops it', async () => {
      const app = await keeping();
      const giveBack = await killAndTakePort(app);
      const other = startApp(['start', dataDir]);
      const url = await other.nextLine();
      await app.said(/waiting for its end/, 1);
      await app.stop();
      expect(await kept(url)).toEqual([42]);
      other.child.kill('SIGINT');
      expect(await other.nextLine()).toBe('answered');
      expect((await other.ended).code).toBe(0);
      giveBack();
    });

    it('leaves none behind where the app stops, or just ends, while it is started again', async () => {
      const { stop, pid } = await keeping();
      await killServer(dataDir, pid);
      await until(async () => (await findPostmaster(dataDir)) !== undefined);
      await stop();
      expect(await findPostmaster(dataDir)).toBeUndefined();

      const app = startApp(['keep', dataDir]);
      await app.nextLine();
      await killServer(dataDir, (await findPostmaster(dataDir))!.pid);
      await until(async () => (await findPostmaster(dataDir)) !== undefined);
      app.child.kill('SIGTERM');
      await app.ended;
      await until(async () => (await findPostmaster(dataDir)) === undefined);
    });
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
