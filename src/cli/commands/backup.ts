import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { outputOf } from '../output.js';

/** What is the package's: its tables, its jobs, and which migrations were run. */
const PARTS = ['--schema=commercial', '--schema=commercial_jobs', '--table=public.commercial_migrations'];

const BACKUP = `Writes the package's tables, jobs and migrations into a file, by pg_dump, while the service works.

pg_dump must be on the PATH, and at least as new as the server. Whoever has the file has all of the data.`;

const RESTORE = `Puts a backup into a database that has no schema "commercial" yet, by pg_restore, all of it or nothing.

Works on MIGRATION_DATABASE_URL, or else on DATABASE_URL.`;

export function addBackup(program: Command): void {
  program
    .command('backup')
    .summary('write the package’s data into a file')
    .description(BACKUP)
    .requiredOption('--to <file>', 'a new file')
    .action(async ({ to }: { to: string }, command: Command) => {
      if (existsSync(to)) throw new CliError([`${to} is there already: name a new file.`]);
      const url = databaseUrl();
      await withDatabase(url, async () => {});
      const unfinished = `${to}.unfinished`;
      const { progress, print } = outputOf(command);
      await progress.step(
        'Backing up',
        () =>
          run(
            'pg_dump',
            ['--format=custom', '--no-owner', '--no-privileges', `--file=${unfinished}`, ...PARTS],
            url,
          )
            .then(() => rename(unfinished, to))
            .finally(() => rm(unfinished, { force: true })),
        () => `Backed up to ${to}`,
      );
      print({ file: to }, []);
    });
  program
    .command('restore')
    .summary('put a backup into an empty database')
    .description(RESTORE)
    .requiredOption('--from <file>', 'what commercial backup wrote')
    .action(async ({ from }: { from: string }, command: Command) => {
      if (!existsSync(from)) throw new CliError([`${from} is not there.`]);
      const url = databaseUrl('MIGRATION_DATABASE_URL');
      await withDatabase(url, async (dataSource) => {
        const [{ taken }] = await dataSource.query(
          `SELECT to_regnamespace('commercial') IS NOT NULL AS taken`,
        );
        if (taken)
          throw new CliError(['The database has a schema "commercial" already: restore into another one.']);
      });
      const { progress, print } = outputOf(command);
      await progress.step(
        'Restoring',
        () =>
          run(
            'pg_restore',
            ['--single-transaction', '--exit-on-error', '--no-owner', '--dbname=', from],
            url,
          ),
        () => `Restored from ${from}`,
      );
      print({ file: from }, []);
    });
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
