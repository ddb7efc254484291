import { chmod, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { start, type RunningApp } from '../../src/app/start.js';
import { readConfiguration } from '../../src/config/configuration.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { backUpCluster } from '../../src/embedded/backup.js';
import { connectToEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { restoreCluster } from '../../src/embedded/restore.js';
import { until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const CONSUME = { resourceType: 'dicom_processing' };

/** The whole of it, as docs/operate/operations.md tells an operator. */
describe('a backup of a running service', () => {
  let folder: TemporaryFolder;
  let home: string;
  let cluster: string;
  let app: RunningApp;
  let client: Client | null = null;

  beforeAll(async () => {
    folder = await createTemporaryFolder();
    home = join(dirname(folder.dataDir), 'home');
    cluster = join(home, 'postgres');
    await mkdir(home, { mode: 0o755 });
    await chmod(home, 0o755);
    app = await open();
  });
  afterAll(async () => {
    await client?.end();
    await app.stop();
    await folder.remove();
  });

  function open(): Promise<RunningApp> {
    return start(readConfiguration({ DATA_DIR: home, PORT: '0', LOG_LEVEL: 'silent' }));
  }

  async function url(): Promise<string> {
    return (await connectToEmbeddedPostgres({ dataDir: cluster })).url;
  }

  /** On a connection that stays until the server ends. */
  async function sql(query: string): Promise<any[]> {
    if (!client) {
      client = new Client(await url());
      client.on('error', () => (client = null));
      client.on('end', () => (client = null));
      await client.connect();
    }
    return (await client.query(query)).rows;
  }

  const call = (token: string, method: string, path: string, body?: object) =>
    send(`${app.publicUrl}${path}`, method, { token, ...(body ? { body } : {}) });

  async function register(name: string): Promise<string> {
    const body = { email: `${name}@example.com`, password: 'correct horse battery staple' };
    return (await send(`${app.publicUrl}/auth/register`, 'POST', { body })).body.accessToken;
  }

  async function order(token: string): Promise<string> {
    const { body } = await call(token, 'POST', '/subscriptions', {
      planCode: 'enterprise',
      provider: 'wechat',
    });
    return body.payment.orderId;
  }

  const pay = (orderId: string) => send(`${app.publicUrl}/sandbox/payments/${orderId}/pay`, 'POST', {});

  const statusOf = async (orderId: string): Promise<string> =>
    (await sql(`SELECT status FROM commercial.orders WHERE order_id = '${orderId}'`))[0]?.status;

  it('is whole, is put back, and what was paid after it is found', async () => {
    const [anna, ben] = [await register('anna'), await register('ben')];
    const paidBefore = await order(anna);
    await pay(paidBefore);
    await until(async () => (await statusOf(paidBefore)) === 'paid');
    const paidAfter = await order(ben);

    // Anna works on while the files are copied.
    let consumed = 0;
    let working = true;
    const work = (async () => {
      while (working) if ((await call(anna, 'POST', '/quota/consume', CONSUME)).status === 200) consumed += 1;
    })();
    await until(async () => consumed > 5);
    const before = consumed;
    const copy = join(home, 'copy');
    await backUpCluster(cluster, await url(), copy);
    const after = consumed;
    working = false;
    await work;
    expect(after).toBeGreaterThan(before);

    await pay(paidAfter);
    await until(async () => (await statusOf(paidAfter)) === 'paid');
    expect(await sql('SELECT slot_name FROM pg_replication_slots')).toEqual([]);
    await client?.end();
    await app.stop();

    await expect(restoreCluster(copy, cluster, join(home, 'before'))).resolves.toBe(true);
    app = await open();
    const [{ used }] = await sql(
      `SELECT count(*)::int AS used FROM commercial.usage_logs WHERE status = 'consumed'`,
    );
    expect(used).toBeGreaterThanOrEqual(before);
    expect(used).toBeLessThanOrEqual(consumed);
    expect(await statusOf(paidBefore)).toBe('paid');
    // The channel knows of it; the janitor asks as soon as the service is up again.
    await until(async () => (await statusOf(paidAfter)) === 'paid');
    const dataSource = await createDataSource({ url: await url() }).initialize();
    await expectInvariants(dataSource).finally(() => dataSource.destroy());
    // Tokens of before are still good: the secret is kept beside the database.
    expect((await call(ben, 'GET', '/subscriptions/current')).body.plan.code).toBe('enterprise');
    expect((await readdir(home)).filter((name) => /restoring|unfinished/.test(name))).toEqual([]);
    // Two starts of a real server, with real flushes.
  }, 90_000);

  it('isn’t there when it could not be finished', async () => {
    const copy = join(home, 'broken');
    const breaking = until(async () => {
      const rows = await sql(
        `SELECT pg_terminate_backend(active_pid) AS ended FROM pg_replication_slots WHERE active_pid IS NOT NULL`,
      );
      return rows.some(({ ended }) => ended);
    });
    await expect(backUpCluster(cluster, await url(), copy)).rejects.toThrow();
    await breaking;
    expect((await readdir(home)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });

  it('is refused where the database’s folder has a link in it, which root would follow', async () => {
    await symlink('/etc/passwd', join(cluster, 'base', 'odd'));
    const copy = backUpCluster(cluster, await url(), join(home, 'linked'));
    await expect(copy).rejects.toThrow(`${join(cluster, 'base', 'odd')} is neither a file nor a folder`);
    await rm(join(cluster, 'base', 'odd'));
    expect((await readdir(home)).filter((name) => name.startsWith('linked'))).toEqual([]);
  });

  it('is refused where its folder is taken, a database runs in the way, or something is no backup', async () => {
    const copy = join(home, 'copy');
    await expect(backUpCluster(cluster, await url(), copy)).rejects.toThrow('is there already');
    await expect(restoreCluster(copy, cluster, join(home, 'x'))).rejects.toThrow('stop the service first');
    await rename(join(copy, 'backup_label'), join(home, 'label'));
    await expect(restoreCluster(copy, cluster, join(home, 'x'))).rejects.toThrow('it has no backup_label');
    await rm(copy, { recursive: true });
    await expect(restoreCluster(copy, cluster, join(home, 'x'))).rejects.toThrow('is no backup');
  });
});
