import { Agent, get } from 'node:http';
import { Client } from 'pg';
import { start, type RunningApp } from '../../src/app/start.js';
import { readConfiguration } from '../../src/config/configuration.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';
import { untilBlocked } from '../support/lock-waiters.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

describe('a shutdown', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  let app: RunningApp;
  let token: string;
  let agent: Agent;
  const holders: Client[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = await createTemporaryFolder();
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
    app = await start(
      readConfiguration({
        DATABASE_URL: database.url,
        DATA_DIR: folder.dataDir,
        PORT: '0',
        LOG_LEVEL: 'silent',
      }),
    );
    const body = { email: 'anna@example.com', password: 'correct horse battery staple' };
    token = (await send(`${app.publicUrl}/auth/register`, 'POST', { body })).body.accessToken;
  });
  afterEach(async () => {
    agent.destroy();
    await Promise.all(holders.splice(0).map((holder) => holder.end()));
    await app.stop();
    await database.drop();
    await folder.remove();
  });

  /** On one kept-alive connection, as a load balancer's probe. */
  function ready(): Promise<number> {
    return new Promise((resolve, reject) => {
      get(`${app.publicUrl}/health/ready`, { agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode!));
      }).once('error', reject);
    });
  }

  it('serves what is in flight to its end, and only then lets go of the database', async () => {
    const holder = new Client(database.url);
    await holder.connect();
    holders.push(holder);
    await holder.query('BEGIN; LOCK TABLE commercial.quota_balances IN ACCESS EXCLUSIVE MODE');
    const inFlight = send(`${app.publicUrl}/quota/consume`, 'POST', {
      body: { resourceType: 'dicom_processing' },
      token,
    });
    await untilBlocked(database.url);
    expect(await ready()).toBe(200);

    let isStopped = false;
    const stopping = app.stop().then(() => (isStopped = true));
    await until(() =>
      ready().then(
        (status) => status === 503,
        () => true,
      ),
    );
    expect(isStopped).toBe(false);

    await holder.query('ROLLBACK');
    expect(await inFlight).toMatchObject({ status: 200, body: { quota: { used: 1 } } });
    await stopping;
    await expect(send(`${app.publicUrl}/health/live`, 'GET', {})).rejects.toThrow();
    await until(async () => {
      const { rows } = await holder.query(
        `SELECT count(*)::int AS others FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      return rows[0].others === 0;
    });
    const { rows } = await holder.query('SELECT used FROM commercial.quota_balances');
    expect(rows).toEqual([{ used: 1 }]);
  });
});

describe('before it ends', () => {
  it('says that it isn’t ready while it still serves, for as long as it was told to', async () => {
    const database = await createTestDatabase();
    const folder = await createTemporaryFolder();
    const app = await start(
      readConfiguration({
        DATABASE_URL: database.url,
        DATA_DIR: folder.dataDir,
        PORT: '0',
        LOG_LEVEL: 'silent',
        SHUTDOWN_DELAY_SECONDS: '1',
      }),
    );
    const ask = async (path: string) => (await send(app.publicUrl + path, 'GET', {})).status;
    expect([await ask('/health/ready'), await ask('/plans')]).toEqual([200, 200]);
    const stopping = app.stop();
    expect([await ask('/health/ready'), await ask('/plans'), await ask('/health/live')]).toEqual([
      503, 200, 200,
    ]);
    await stopping;
    await expect(ask('/plans')).rejects.toThrow();
    await database.drop();
    await folder.remove();
  });
});
