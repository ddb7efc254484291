import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/commercial/data-source.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a connection that breaks while nobody uses it', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let warned: jest.SpyInstance;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url, poolSize: 1 }).initialize();
    warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
  });
  afterEach(async () => {
    warned.mockRestore();
    await database.drop();
  });

  it('is told', async () => {
    const told = new Promise<unknown>((resolve) => warned.mockImplementation(resolve));
    const [{ pid }] = await dataSource.query('SELECT pg_backend_pid() AS pid');
    const other = new Client(database.url);
    await other.connect();
    await other.query('SELECT pg_terminate_backend($1)', [pid]).finally(() => other.end());
    expect(await told).toMatch(/^a connection was lost: terminating connection/);
    await dataSource.destroy();
  });

  it('is nothing to tell of where the pool was closed', async () => {
    const { master: pool } = dataSource.driver as unknown as { master: NodeJS.EventEmitter };
    await dataSource.destroy();
    pool.emit('error', new Error('terminating connection due to administrator command'));
    expect(warned).not.toHaveBeenCalled();
  });
});
