import { readFile } from 'node:fs/promises';

import { connectToEmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { findPostmaster } from '../../src/embedded/postmaster.js';

import { queryRow, startApp, until } from '../support/embedded-process.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

const OWNER = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted`;

describe('the owner of an embedded PostgreSQL', () => {
  let dataDir: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ dataDir, remove } = await createTemporaryFolder());
  });

  afterAll(() => remove());

  it('is one app only: a second start names the folder, the process and what to do', async () => {
    const app = startApp(['start', dataDir]);
    await app.nextLine();
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `The embedded database in ${dataDir} is in use by another running app (process ${app.child.pid}): stop that app`,
    );
    app.child.kill('SIGINT');
    expect(await app.nextLine()).toBe('answered');
    expect(await app.ended).toEqual({ code: 0, errors: '' });
  });

  it('is one of several that start at once in an empty folder', async () => {
    const empty = await createTemporaryFolder();
    const starts = await Promise.allSettled(
      [1, 2, 3].map(() => startEmbeddedPostgres({ ...empty, settings: { fsync: 'off' } })),
    );
    const started = starts.filter((start) => start.status === 'fulfilled');
    const refused = starts.filter((start) => start.status === 'rejected');
    expect(started).toHaveLength(1);
    expect(refused.map(({ reason }) => String(reason))).toEqual(
      Array(2).fill(expect.stringContaining('in use')),
    );
    await started[0]!.value.stop();
    await empty.remove();
  });

  it('is not taken by a tool, which uses the running server and leaves it running', async () => {
    const app = await startEmbeddedPostgres({ dataDir });
    const tool = await connectToEmbeddedPostgres({ dataDir });
    expect(tool.url).toBe(app.url);
    await tool.stop();
    expect(await queryRow(app.url, 'SELECT 1')).toEqual([1]);
    await app.stop();
  });

  it('is the tool where no app runs: the server ends with it, though it stops nothing', async () => {
    const tool = startApp(['connect', dataDir]);
    expect(await tool.nextLine()).toBe('answered');
    expect(await tool.ended).toEqual({ code: 0, errors: '' });
    await until(async () => (await findPostmaster(dataDir)) === undefined);
  });

  it('waits for a server that is still stopping and starts it again', async () => {
    const tool = await connectToEmbeddedPostgres({ dataDir });
    const [app] = await Promise.all([startEmbeddedPostgres({ dataDir }), tool.stop()]);
    expect(await queryRow(app.url, 'SELECT 1')).toEqual([1]);
    await app.stop();
  });

  it("still has its database after a terminal's Ctrl-C, and stops it itself", async () => {
    const app = startApp(['start', dataDir]);
    await app.nextLine();
    process.kill(-app.child.pid!, 'SIGINT');
    expect(await app.nextLine()).toBe('answered');
    expect(await app.ended).toEqual({ code: 0, errors: '' });
    expect(await findPostmaster(dataDir)).toBeUndefined();
    expect(await readFile(`${dataDir}.log`, 'utf8')).toMatch(
      /received fast shutdown request[^]*is shut down/,
    );
  });

  it('stays the owner when the server closes the connection that marks it', async () => {
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    const [marked] = await queryRow(url, OWNER);
    await queryRow(url, `SELECT pg_terminate_backend(${String(marked)})`);
    await until(async () => {
      const [now] = await queryRow(url, OWNER);
      return now !== undefined && now !== marked;
    });
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow('in use');
    await stop();
  });

  it('may stop twice', async () => {
    const { stop } = await startEmbeddedPostgres({ dataDir });
    await Promise.all([stop(), stop()]);
    await stop();
    expect(await findPostmaster(dataDir)).toBeUndefined();
  });
});
