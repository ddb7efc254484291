/**
 * `npm run migration:<command>`: the TypeORM CLI against the DataSource of ormconfig.ts.
 *
 *   run, revert, show   work on DATABASE_URL or, without it, on the development database under DATA_DIR (.data);
 *   generate <Name>     writes the difference between entities and migrations to migrations/, and lists it;
 *   check               fails where there is such a difference.
 *
 * The last two compare with a database that is made for the purpose, by the migrations alone, and thrown away.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDatabase, withMigratedDatabase } from './database.mjs';

const LIST = 'src/commercial/migrations.ts';

const COMMANDS = {
  run: () => withDatabase((url) => typeorm(url, 'migration:run')),
  revert: () => withDatabase((url) => typeorm(url, 'migration:revert')),
  show: () => withDatabase((url) => typeorm(url, 'migration:show')),
  check: () =>
    withMigratedDatabase((url) => typeorm(url, 'migration:generate', 'migrations/Drift', '--check')),
  generate: (name) => {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name ?? '')) {
      fail('Say in its name what it does: npm run migration:generate -- AddUsageIndex');
    }
    return withMigratedDatabase((url) => generate(url, name));
  },
};

const [command, ...args] = process.argv.slice(2);
const run = COMMANDS[command];
if (!run) fail(`Name one of: ${Object.keys(COMMANDS).join(', ')}`);
process.exitCode = await run(...args);

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

function fail(message) {
  console.error(message);
  process.exit(1);
}
