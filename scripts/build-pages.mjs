/** Builds the portal's pages (web/) where their sources differ from what the last build was made of; see build.mjs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { digestOf, filesIn } from './build-stamp.mjs';

const STAMP = 'dist/pages/.built-from';
const ENTRY = 'dist/pages/portal/index.html';

/** The pages are made of the client's sources too. The lock file stands for everything that is imported. */
const FOLDERS = ['web/src', 'packages/client/src'];
const FILES = ['web/index.html', 'web/vite.config.ts', 'web/tsconfig.json', 'package-lock.json'];

const input = () => digestOf([...FILES, ...FOLDERS.flatMap(filesIn)]);

export function pagesAreBuilt() {
  return [STAMP, ENTRY].every((path) => existsSync(path)) && readFileSync(STAMP, 'utf8') === input();
}

/** @returns whether it succeeded; what went wrong was printed */
export async function buildPages() {
  rmSync(STAMP, { force: true });
  const vite = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [status] = await once(vite, 'exit');
  if (status === 0) writeFileSync(STAMP, input());
  return status === 0;
}
