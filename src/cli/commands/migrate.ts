import type { Command } from 'commander';
import { databaseUrl, withDatabase } from '../database.js';
import { PENDING } from '../exit-codes.js';
import { outputOf } from '../output.js';

const SUMMARY = `Brings the tables of the package and of its jobs up to date.

Works on MIGRATION_DATABASE_URL, or else on DATABASE_URL. Processes that migrate together take turns. With --check it
changes nothing and ends with ${PENDING} where something is to do.`;

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .summary('bring the database up to date')
    .description(SUMMARY)
    .option('--check', 'change nothing; tell whether something is to do')
    .action(async ({ check = false }: { check?: boolean }, command: Command) => {
      const { runMigrations } = await import('../../commercial/run-migrations.js');
      const { progress, print } = outputOf(command);
      const url = databaseUrl('MIGRATION_DATABASE_URL');
      if (check) {
        const pending = await withDatabase(url, (dataSource) => dataSource.showMigrations());
        print({ pending }, [
          pending ? 'Something is to do: commercial migrate' : 'The schema is up to date.',
        ]);
        if (pending) process.exitCode = PENDING;
        return;
      }
      const applied = await progress.step(
        'Bringing the schema up to date',
        () => withDatabase(url, runMigrations, { migrating: true }),
        (count) => (count === 0 ? 'Schema up to date' : `Schema up to date: ${count} migrations applied`),
      );
      print({ applied }, []);
    });
}
