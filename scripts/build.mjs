/**
 * `nest build`, but only where its input differs from what the last build was made of: a start must not wait for a
 * compiler that has nothing to do. Contents are compared and not times, which a checkout or an unpacked archive sets
 * as it likes; the whole input is read in a few milliseconds.
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
const input = digestOf([...FILES, ...FOLDERS.flatMap(sourcesIn)]);
if (!isBuilt()) build();

function isBuilt() {
  return (
    [STAMP, NOTES, ENTRY].every((path) => existsSync(path)) && readFileSync(STAMP, 'utf8') === stampOfBuild()
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

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => join(folder, path))
    .toSorted();
}

/** The compiler leaves the output of a source that is gone. */
function removeOrphans() {
  for (const folder of FOLDERS) {
    const sources = new Set(sourcesIn(folder).map((path) => path.slice(folder.length + 1, -'.ts'.length)));
    for (const path of readdirSync(join('dist', folder), { recursive: true })) {
      const source = path.replace(/(\.d\.ts|\.js|\.js\.map)$/, '');
      if (source !== path && !sources.has(source)) rmSync(join('dist', folder, path));
    }
  }
}
