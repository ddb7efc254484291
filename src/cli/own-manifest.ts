import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface OwnManifest {
  version: string;
  engines?: { node?: string };
}

/** The package.json above this file: three folders up in what is published, and the repository's own in its build. */
export function ownManifest(): OwnManifest {
  let folder = new URL('.', import.meta.url);
  for (;;) {
    const path = fileURLToPath(new URL('package.json', folder));
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as OwnManifest;
    folder = new URL('..', folder);
  }
}
