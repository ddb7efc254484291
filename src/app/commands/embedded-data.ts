import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../config/configuration-error.js';
import { readConfiguration } from '../../config/configuration.js';
import { loadEnvironmentFile } from '../environment-file.js';

/** Signs the tokens of a service that was given no secret; without it everybody has to sign in again. */
const SECRET = 'jwt-secret';

/** The data folder whose database is embedded. @throws ConfigurationError where the database is another one. */
export function embeddedDataFolder(): string {
  loadEnvironmentFile();
  const { databaseUrl, dataDir } = readConfiguration(process.env);
  if (databaseUrl === null) return dataDir;
  throw new ConfigurationError([
    'DATABASE_URL names a PostgreSQL of your own: back it up with pg_basebackup or pg_dump, see docs/operate/operations.md',
  ]);
}

export async function copySecret(from: string, to: string): Promise<void> {
  await copyFile(join(from, SECRET), join(to, SECRET)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
