import { existsSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { CliError } from './cli-error.js';

/** Reads `.env` of the working folder, if there is one. What the environment has already stays. */
export function loadEnvironment(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** @throws CliError where there is none, or it is no PostgreSQL's */
export function databaseUrl(...names: readonly string[]): string {
  const first = [...names, 'DATABASE_URL'].find((name) => process.env[name]);
  if (first === undefined) {
    throw new CliError([
      'DATABASE_URL is not set: write the address of your PostgreSQL into it, or into .env.',
    ]);
  }
  const url = process.env[first]!;
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return url;
  throw new CliError([`${first} is not the address of a PostgreSQL: it must begin with postgres://.`]);
}

/** @throws CliError with one line, without the password, where nobody answers */
export async function withDatabase<Result>(
  url: string,
  work: (dataSource: DataSource) => Promise<Result>,
  { migrating = false } = {},
): Promise<Result> {
  // Loaded here, since it takes seconds.
  const { createDataSource } = await import('../commercial/data-source.js');
  const dataSource = createDataSource({ url, migrating, poolSize: 4, applicationName: 'commercial-cli' });
  try {
    await dataSource.initialize();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = (error as Error).message || (error as { code?: string }).code || 'no answer';
    throw new CliError([`The database ${host}${pathname} can't be reached: ${reason}.`]);
  }
  return work(dataSource).finally(() => dataSource.destroy());
}
