/** Databases for command-line tools; each is released when the work on it is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from '../dist/src/commercial/data-source.js';
import { connectToEmbeddedPostgres } from '../dist/src/embedded/embedded-postgres.js';
import { runMigrations } from '../dist/src/commercial/run-migrations.js';

/** DATABASE_URL or, without it, the development database under DATA_DIR (.data), which a running app may be using. */
export async function withDatabase(work) {
  const url = process.env.DATABASE_URL;
  if (url) return work(url);
  return withEmbedded(join(process.env.DATA_DIR || '.data', 'postgres'), work);
}

/** A fresh database that has seen the migrations and nothing else. */
export async function withMigratedDatabase(work) {
  const folder = mkdtempSync(join(tmpdir(), 'commercial-'));
  try {
    return await withEmbedded(join(folder, 'postgres'), async (url) => {
      await withDataSource(url, runMigrations);
      return work(url);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function withDataSource(url, work) {
  const dataSource = await createDataSource({ url }).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function withEmbedded(dataDir, work) {
  const postgres = await connectToEmbeddedPostgres({ dataDir });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
