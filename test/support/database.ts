import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

/** Name of the environment variable by which the run's cluster reaches Jest's workers. */
export const TEST_DATABASE_URL = 'TEST_DATABASE_URL';

/** Holds the migrated schema and no rows of a test's. */
export const TEMPLATE_DATABASE = 'commercial_template';

export interface TestDatabase {
  url: string;
  /** Ends every connection that is still open, and removes the database. */
  drop(): Promise<void>;
}

/** A database of the caller's own with the whole schema, cloned from the migrated template in some 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(async (admin) => {
    // Copying files beats writing the log four times over here, as the checkpoints that it needs flush nothing.
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE} STRATEGY FILE_COPY`);
  });
  return {
    url: inDatabase(clusterUrl(), name),
    drop: () =>
      administer(async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** The same server and role, another database. */
export function inDatabase(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

function clusterUrl(): string {
  const url = process.env[TEST_DATABASE_URL];
  if (url !== undefined) return url;
  throw new Error(`${TEST_DATABASE_URL} is not set: run the spec through Jest with its global setup.`);
}

async function administer(work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client(clusterUrl());
  await admin.connect();
  await work(admin).finally(() => admin.end());
}
