import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../config/configuration-error.js';
import { createDataSource } from '../commercial/data-source.js';

/** @throws ConfigurationError with one line, without the URL's password, where nobody answers. */
export async function connect(
  databaseUrl: string,
  { serving = false, migrating = false } = {},
): Promise<DataSource> {
  try {
    return await createDataSource({ url: databaseUrl, serving, migrating }).initialize();
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl);
    const reason = (error as Error).message || (error as { code?: string }).code || 'no answer';
    throw new ConfigurationError([
      `The database ${host}${pathname} of DATABASE_URL can't be reached: ${reason}`,
    ]);
  }
}
