/** Bounds what a page loads for the main entry: the built files as they are, neither bundled nor minified, gzipped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const ENTRY = 'index.js';
const MOST_BYTES = 12_000;

const files = new Map();
collect(ENTRY);
const bytes = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
console.log(`main entry: ${bytes} bytes gzipped in ${files.size} files, of at most ${MOST_BYTES}`);
if (bytes > MOST_BYTES) process.exitCode = 1;

function collect(name) {
  if (files.has(name)) return;
  const content = readFileSync(join(DIST, name), 'utf8');
  files.set(name, content);
  for (const [, specifier] of content.matchAll(/(?:from|import) "(.+?)"/g)) {
    if (!specifier.startsWith('./')) throw new Error(`${name} depends on ${specifier}`);
    collect(specifier.slice(2));
  }
}
