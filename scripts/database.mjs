/** A fresh database for command-line tools, removed when the work on it is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDatabase, withDatabaseUrl } from '../dist/src/app/with-database.js';
import { runMigrations } from '../dist/src/commercial/run-migrations.js';

/** It has seen the migrations and nothing else. */
export async function withMigratedDatabase(work) {
  const folder = mkdtempSync(join(tmpdir(), 'commercial-'));
  try {
    return await withDatabaseUrl({ databaseUrl: null, dataDir: folder }, async (url) => {
      await withDatabase({ databaseUrl: url, dataDir: folder }, runMigrations);
      return work(url);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
