import { lstatSync, readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in a project's node_modules: packages, and megabytes on the disk as `du -sm` counts them. */
export function installed(folder) {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  // An optional package of another platform is in the lock file only.
  const packages = Object.keys(lock.packages).filter((path) => path && existsSync(join(folder, path)));
  const modules = join(folder, 'node_modules');
  const paths = [modules, ...readdirSync(modules, { recursive: true }).map((path) => join(modules, path))];
  const blocks = paths.reduce((sum, path) => sum + lstatSync(path).blocks, 0);
  return { packages: packages.length, megabytes: Math.ceil((blocks * 512) / 1024 ** 2) };
}
