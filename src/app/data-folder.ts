import { randomBytes } from 'node:crypto';
import { accessSync, constants, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration-error.js';
import { makeFolder } from '../embedded/make-folder.js';

/** Makes the data folder. @throws ConfigurationError with one line where it can't be written. */
export function ensureDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigurationError([
      `The data folder ${folder} can't be written (${code}): mend its permissions, or name another one in DATA_DIR`,
    ]);
  }
}

/** A secret of fewer bytes was cut off, or written by somebody else. */
const SECRET_BYTES = 32;

/**
 * The JWT secret of a development instance: made once, kept where only its owner reads it.
 * @throws ConfigurationError with one line where what is kept there is damaged.
 */
export function keptJwtSecret(folder: string): string {
  const path = join(folder, 'jwt-secret');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    // Linking fails where the name is taken: of two first starts at once, both read what one of them wrote.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (Buffer.byteLength(secret) >= SECRET_BYTES) return secret;
  throw new ConfigurationError([
    `The JWT secret in ${path} is damaged: delete the file and it is made afresh; everybody then signs in again`,
  ]);
}
