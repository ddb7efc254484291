import { PASSWORD, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { relayDatabase, type DatabaseRelay } from '../support/database-relay.js';
import { expectInvariants } from '../support/invariants.js';
import { loseEveryConnection } from '../support/lost-connections.js';

describe('a database that ends while a connection to it is opened', () => {
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
  ])('fails no more than the requests that opened it: %s %s', async (method, path, body) => {
    await loseEveryConnection(app, database.url);
    relay.endNext(100);
    const lost = await Promise.all(Array.from({ length: 15 }, () => anna.call(method, path, { body })));
    const ended = 100 - relay.endNext(0);
    expect(uncaught).toEqual([]);
    expect(ended).toBeGreaterThan(0);
    expect(lost.filter(({ status }) => ![200, 503].includes(status))).toEqual([]);
    expect((await anna.call(method, path, { body })).status).toBe(200);
  });
});
