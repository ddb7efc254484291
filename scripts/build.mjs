/**
 * `nest build`, but only where its input differs from what the last build was made of: a start must not wait for a
 * compiler that has nothing to do. Contents are compared and not times, which a checkout or an unpacked archive sets
 * as it likes; the whole input is read in a few milliseconds.
 *
 * `--check` builds nothing: it ends with 1 and one line where the build is missing or old.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
else if (!isBuilt()) build();

function check() {
  if (isBuilt()) return;
  const fault = existsSync(ENTRY) ? 'dist/ is older than its sources' : 'dist/ is missing';
  console.error(`The build in ${fault}. Run: npm run build`);
  process.exitCode = 1;
}

function isBuilt() {
  return (
    [STAMP, NOTES, ENTRY, ...assets.map(outputOf)].every((path) => existsSync(path)) &&
    readFileSync(STAMP, 'utf8') === stampOfBuild()
  );
}

function build() {
  // First of all, so that a build which is interrupted doesn't pass for a whole one.
  rmSync(STAMP, { force: true });
  // The compiler writes only what its notes say is old, and believes them where the output was deleted.
  if (!existsSync(ENTRY)) rmSync(NOTES, { force: true });
  const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const missing = assets.filter((path) => !existsSync(outputOf(path)));
  if (missing.length > 0) {
    console.error(`Not copied to dist/ (add them to "assets" in nest-cli.json): ${missing.join(', ')}`);
    process.exit(1);
  }
  removeOrphans();
  writeFileSync(STAMP, stampOfBuild());
}

function stampOfBuild() {
  return `${input} ${digestOf([NOTES])}`;
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(path);
    hash.update(`${path} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function outputOf(source) {
  return join('dist', source);
}

/** The compiler leaves the output of a source that is gone. */
function removeOrphans() {
  const sources = new Set(inputs.map((path) => path.replace(/\.ts$/, '')));
  for (const path of FOLDERS.flatMap((folder) => filesIn(join('dist', folder)))) {
    const source = path.slice('dist/'.length).replace(/(\.d\.ts|\.js|\.js\.map)$/, '');
    if (!sources.has(source)) rmSync(path);
  }
}
