/**
 * `nest build`, but only where its input differs from what the last build was made of: a start must not wait for a
 * compiler that has nothing to do. Contents are compared and not times, which a checkout or an unpacked archive sets
 * as it likes; the whole input is read in a few milliseconds.
 *
 * `--check` builds nothing: it ends with 1 and one line where the build is missing or old.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yoctoSpinner from 'yocto-spinner';
import { buildPages, pagesAreBuilt } from './build-pages.mjs';
import { digestOf, filesIn } from './build-stamp.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = 'dist/.built-from';
/** The compiler's own notes. They change with every other build, so the stamp of an older one no longer fits. */
const NOTES = 'dist/.tsbuildinfo';
const ENTRY = 'dist/src/main.js';

/** The lock file stands for the compiler and for the types of everything that is imported. */
const FILES = ['ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
const FOLDERS = ['src', 'migrations'];

process.chdir(ROOT);
const inputs = FOLDERS.flatMap(filesIn);
/** What is read beside the compiled code, such as fonts. */
const assets = inputs.filter((path) => !path.endsWith('.ts'));
const input = digestOf([...FILES, ...inputs]);
if (process.argv.includes('--check')) check();
else await build();

function check() {
  if (isBuilt() && pagesAreBuilt()) return;
  fail(`${existsSync(ENTRY) ? 'dist/ is older than its sources' : 'dist/ is missing'}. Run: npm run build`);
}

function isBuilt() {
  return (
    [STAMP, NOTES, ENTRY, ...assets.map(outputOf)].every((path) => existsSync(path)) &&
    readFileSync(STAMP, 'utf8') === stampOfBuild()
  );
}

/** Code and pages need nothing of each other. */
async function build() {
  const pages = pagesAreBuilt() ? true : buildPages();
  if (!isBuilt()) await buildCode();
  if (!(await pages)) fail('The pages were not built');
}

async function buildCode() {
  // First of all, so that a build which is interrupted doesn't pass for a whole one.
  rmSync(STAMP, { force: true });
  // The compiler writes only what its notes say is old, and believes them where the output was deleted.
  if (!existsSync(ENTRY)) rmSync(NOTES, { force: true });
  await compile();
  // The compiler's copier knows src/ alone.
  for (const path of assets.filter((name) => name.startsWith('migrations')))
    copyFileSync(path, outputOf(path));
  const missing = assets.filter((path) => !existsSync(outputOf(path)));
  if (missing.length > 0)
    fail(`Not copied to dist/, add them to "assets" in nest-cli.json: ${missing.join(', ')}`);
  removeOrphans();
  writeFileSync(STAMP, stampOfBuild());
}

/** Tells on standard error what takes so long: standard output belongs to the command that asked for the build. */
async function compile() {
  const started = performance.now();
  const doing = 'Compiling, once after a change';
  const spinner = process.stderr.isTTY ? yoctoSpinner({ text: doing }).start() : null;
  if (!spinner) console.error(doing);
  const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
  const compiler = spawn(process.execPath, [nest, 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [status] = await once(compiler, 'exit');
  if (status !== 0) {
    spinner?.error('The compiler found a fault');
    process.exit(status ?? 1);
  }
  const done = `Compiled (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  if (spinner) spinner.success(done);
  else console.error(done);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function stampOfBuild() {
  return `${input} ${digestOf([NOTES])}`;
}

function outputOf(source) {
  return join('dist', source);
}

/** The compiler leaves the output of a source that is gone, and its folder. */
function removeOrphans() {
  const sources = new Set(inputs.map((path) => path.replace(/\.ts$/, '')));
  for (const path of FOLDERS.flatMap((folder) => filesIn(outputOf(folder)))) {
    const source = path.slice('dist/'.length).replace(/(\.d\.ts|\.js|\.js\.map)$/, '');
    if (!sources.has(source)) rmSync(path);
  }
  for (const folder of FOLDERS) removeEmpty(outputOf(folder));
}

function removeEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
