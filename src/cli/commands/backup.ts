import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { outputOf } from '../output.js';

/**
 * Which migrations were run. A dump of its own: pg_dump leaves schemas out as soon as a table is named, and the table
 * stands in the schema of the host.
 */
const MIGRATIONS = { file: 'migrations.dump', parts: ['--table=public.commercial_migrations'] };
/** The package's tables and jobs. */
const DATA = { file: 'data.dump', parts: ['--schema=commercial', '--schema=commercial_jobs'] };

const BACKUP = `Writes the package's tables, jobs and migrations into a folder, by pg_dump, while the service works.

pg_dump must be on the PATH, and at least as new as the server. Whoever has the folder has all of the data.`;

const RESTORE = `Puts a backup into a database that has no schema "commercial" yet, by pg_restore. After a fault it can be run again.

Works on MIGRATION_DATABASE_URL, or else on DATABASE_URL.`;

export function addBackup(program: Command): void {
  program
    .command('backup')
    .summary('write the package’s data into a folder')
    .description(BACKUP)
    .requiredOption('--to <folder>', 'a new folder')
    .action(backUp);
  program
    .command('restore')
    .summary('put a backup into an empty database')
    .description(RESTORE)
    .requiredOption('--from <folder>', 'what commercial backup wrote')
    .action(restore);
}

async function backUp({ to }: { to: string }, command: Command): Promise<void> {
  if (existsSync(to)) throw new CliError([`${to} is there already: name a new folder.`]);
  const url = databaseUrl();
  await withDatabase(url, requirePackage);
  const unfinished = `${to}.unfinished`;
  const { progress, print } = outputOf(command);
  await progress.step(
    'Backing up',
    async () => {
      try {
        await mkdir(unfinished, { mode: 0o700 });
        for (const { file, parts } of [MIGRATIONS, DATA]) {
          const words = [
            '--format=custom',
            '--no-owner',
            '--no-privileges',
            `--file=${join(unfinished, file)}`,
          ];
          await run('pg_dump', [...words, ...parts], url);
        }
        await rename(unfinished, to);
      } finally {
        await rm(unfinished, { recursive: true, force: true });
      }
    },
    () => `Backed up to ${to}`,
  );
  print({ folder: to }, []);
}

async function restore({ from }: { from: string }, command: Command): Promise<void> {
  const lacking = [MIGRATIONS, DATA].filter(({ file }) => !existsSync(join(from, file)));
  if (lacking.length > 0) throw new CliError([`${from} has no ${lacking[0]!.file}: name what backup wrote.`]);
  const url = databaseUrl('MIGRATION_DATABASE_URL');
  await withDatabase(url, requireEmpty);
  const { progress, print } = outputOf(command);
  await progress.step(
    'Restoring',
    async () => {
      const words = ['--single-transaction', '--exit-on-error', '--no-owner', '--dbname='];
      // The data last: its schema says that all is there.
      await run('pg_restore', [...words, '--clean', '--if-exists', join(from, MIGRATIONS.file)], url);
      await run('pg_restore', [...words, join(from, DATA.file)], url);
    },
    () => `Restored from ${from}`,
  );
  print({ folder: from }, []);
}

async function requirePackage(dataSource: DataSource): Promise<void> {
  if (!(await isThere(dataSource)))
    throw new CliError(['The database has no schema "commercial": there is nothing to back up.']);
}

async function requireEmpty(dataSource: DataSource): Promise<void> {
  if (await isThere(dataSource))
    throw new CliError(['The database has a schema "commercial" already: restore into another one.']);
}

async function isThere(dataSource: DataSource): Promise<boolean> {
  const [{ there }] = await dataSource.query(`SELECT to_regnamespace('commercial') IS NOT NULL AS there`);
  return there;
}

/** The address goes by the environment: others on the machine can read a command line. */
async function run(program: string, words: readonly string[], url: string): Promise<void> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const sslmode = searchParams.get('sslmode');
  const env = {
    ...process.env,
    PGHOST: decodeURIComponent(hostname) || searchParams.get('host') || 'localhost',
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(sslmode === null ? {} : { PGSSLMODE: sslmode }),
  };
  const child = spawn(program, [...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  // Rejects where the program can't be started.
  const [code] = await (once(child, 'close') as Promise<[number | null]>).catch(
    (error: NodeJS.ErrnoException) => {
      throw new CliError([
        error.code === 'ENOENT'
          ? `${program} is not on the PATH: install PostgreSQL's client programs.`
          : `${program}: ${error.message}.`,
      ]);
    },
  );
  if (code !== 0) throw new CliError(said.trim().split('\n').slice(0, 5));
}
