import type { Pool } from 'pg';
import { createDataSource } from '../../src/commercial/data-source.js';
import { hearConnectionErrors } from '../../src/database/connection-errors.js';
import { PASSWORD, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { relayDatabase, type DatabaseRelay } from '../support/database-relay.js';
import { expectInvariants } from '../support/invariants.js';
import { loseEveryConnection } from '../support/lost-connections.js';

describe('a database that ends at an odd moment', () => {
  let database: TestDatabase;
  let relay: DatabaseRelay;
  let app: CommercialApp;
  let anna: Person;
  const uncaught: unknown[] = [];
  const hear = (error: unknown) => uncaught.push(error);

  beforeAll(async () => {
    process.on('uncaughtException', hear);
    database = await createTestDatabase();
    relay = await relayDatabase(database.url);
    app = await startApp({ database: { ...database, url: relay.url } });
    anna = await register(app, 'anna');
  });
  afterAll(async () => {
    await app?.close();
    await relay?.close();
    await database?.drop();
    process.off('uncaughtException', hear);
  });

  afterEach(() => expectInvariants(app.dataSource));

  it.each([
    ['POST', '/quota/consume', { resourceType: 'dicom_processing' }],
    ['GET', '/quota', undefined],
    ['POST', '/auth/login', { email: 'anna@example.com', password: PASSWORD }],
  ])(
    'fails no more than the requests that opened a connection just then: %s %s',
    async (method, path, body) => {
      await loseEveryConnection(app, database.url);
      relay.endNext(100);
      const lost = await Promise.all(Array.from({ length: 15 }, () => anna.call(method, path, { body })));
      const ended = 100 - relay.endNext(0);
      expect(uncaught).toEqual([]);
      expect(ended).toBeGreaterThan(0);
      expect(lost.filter(({ status }) => ![200, 503].includes(status))).toEqual([]);
      expect((await anna.call(method, path, { body })).status).toBe(200);
    },
  );

  it('ends nobody’s process while a connection of before passes from one to the next', async () => {
    const dataSource = await createDataSource({ url: relay.url, poolSize: 1 }).initialize();
    const { master } = hearConnectionErrors(dataSource).driver as unknown as { master: Pool };
    relay.endNext(1);
    const first = master.query('SELECT 1 AS one');
    const second = master.connect();
    expect((await first).rows).toEqual([{ one: 1 }]);
    const client = await second;
    await expect(client.query('SELECT 1')).rejects.toThrow('connection error');
    client.release();
    expect(relay.endNext(0)).toBe(0);
    expect(uncaught).toEqual([]);
    await dataSource.destroy();
  });
});
