/** `npm run migration:<command>`: the TypeORM CLI against the DataSource of ormconfig.ts. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { carryOut } from '../dist/src/app/commands/carry-out.js';
import { command } from '../dist/src/terminal/command.js';
import { loadEnvironmentFile } from '../dist/src/app/environment-file.js';

const LIST = 'src/commercial/migrations.ts';

/** The last two compare with a database that is made for the purpose, by the migrations alone, and thrown away. */
const COMMANDS = {
  run: () => migration('run', 'Applies the migrations that are missing.').action(onDatabase('migration:run')),
  revert: () => migration('revert', 'Takes the last migration back.').action(onDatabase('migration:revert')),
  show: () =>
    migration('show', 'Lists the migrations, those that are applied with an X.').action(
      onDatabase('migration:show'),
    ),
  check: () =>
    command(
      'npm run migration:check --',
      'Ends with 1 where the migrations make another schema than the entities.',
    ).action(async () => {
      process.exitCode = await onFreshDatabase((url) =>
        typeorm(url, 'migration:generate', 'migrations/Drift', '--check'),
      );
    }),
  generate: () =>
    command(
      'npm run migration:generate --',
      'Writes what the entities have and the migrations lack to migrations/, and lists it.',
    )
      .argument('<name>', 'what it does, such as AddUsageIndex', migrationName)
      .action(async (name) => {
        process.exitCode = await onFreshDatabase((url) => generate(url, name));
      }),
};

const [name, ...words] = process.argv.slice(2);
process.argv.splice(2, Infinity, ...words);
await carryOut(COMMANDS[name]());

function migration(name, summary) {
  return command(
    `npm run migration:${name} --`,
    `${summary}\n\nWorks on DATABASE_URL, or on the embedded database under DATA_DIR (.data).`,
  );
}

function onDatabase(typeormCommand) {
  return async () => {
    loadEnvironmentFile();
    // Loaded where it is needed, since it takes seconds.
    const { databasePlace, withDatabaseUrl } = await import('../dist/src/app/with-database.js');
    process.exitCode = await withDatabaseUrl(databasePlace(process.env), async (url) =>
      typeorm(url, typeormCommand),
    );
  };
}

async function onFreshDatabase(work) {
  const { withMigratedDatabase } = await import('./database.mjs');
  return withMigratedDatabase(work);
}

function migrationName(text) {
  if (/^[A-Z][A-Za-z0-9]*$/.test(text)) return text;
  throw new InvalidArgumentError('Begin with a capital, and use letters and digits only.');
}

/** @returns the exit code. */
function typeorm(url, ...words) {
  const cli = ['node_modules/typeorm/cli.js', ...words, '-d', 'dist/ormconfig.js'];
  // TypeORM leaves out the schema that a role finds by itself, and for a role called `commercial` that is this one: what
  // is generated has to name it, since it runs for other roles too.
  const env = { ...process.env, DATABASE_URL: url, PGOPTIONS: '-c search_path=public' };
  return spawnSync(process.execPath, cli, { env, stdio: 'inherit' }).status ?? 1;
}

/** @returns the exit code. */
function generate(url, name) {
  const before = new Set(readdirSync('migrations'));
  const exitCode = typeorm(url, 'migration:generate', `migrations/${name}`);
  if (exitCode !== 0) return exitCode;
  const file = readdirSync('migrations').find((entry) => !before.has(entry));
  const path = join('migrations', file);
  writeFileSync(path, readFileSync(path, 'utf8').replace('import {', 'import type {'));
  list(`${name}${file.split('-')[0]}`, file.replace(/\.ts$/, '.js'));
  const prettier = ['node_modules/prettier/bin/prettier.cjs', '--write', path, LIST];
  return spawnSync(process.execPath, prettier, { stdio: 'inherit' }).status ?? 1;
}

/** Adds it to what the app runs at its start. */
function list(className, file) {
  const source = readFileSync(LIST, 'utf8');
  const last = source.lastIndexOf('import ');
  const end = source.indexOf('\n', last) + 1;
  const imported = `${source.slice(0, end)}import { ${className} } from '../../migrations/${file}';\n${source.slice(end)}`;
  writeFileSync(LIST, imported.replace(/,?\s*\];\n$/, `, ${className}];\n`));
}
