import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../config/configuration-error.js';
import { ensureDataFolder, keptJwtSecret } from './data-folder.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the data folder', () => {
  it('is made with all that leads to it, and left as it is where it is there', () => {
    const path = join(folder, 'a', 'b', 'c');
    ensureDataFolder(path);
    writeFileSync(join(path, 'kept'), '');
    ensureDataFolder(path);
    expect(statSync(join(path, 'kept')).isFile()).toBe(true);
  });

  it('is refused by one line that names it, where it can’t be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [join(file, 'below'), '/proc/nowhere/at/all', '/dev/null/x']) {
      const line = `The data folder ${path} can't be written`;
      expect(() => ensureDataFolder(path)).toThrow(ConfigurationError);
      expect(() => ensureDataFolder(path)).toThrow(line);
    }
  });
});

describe('the kept JWT secret', () => {
  it('is made once, for its owner’s eyes only', () => {
    const secret = keptJwtSecret(folder);
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32);
    expect(keptJwtSecret(folder)).toBe(secret);
    expect(statSync(join(folder, 'jwt-secret')).mode & 0o777).toBe(0o600);
    const other = join(folder, 'other');
    mkdirSync(other);
    expect(keptJwtSecret(other)).not.toBe(secret);
  });

  it.each(['', 'cut off'])('is refused where %j is left of it', (rest) => {
    writeFileSync(join(folder, 'jwt-secret'), rest);
    expect(() => keptJwtSecret(folder)).toThrow(/jwt-secret is damaged: delete the file/);
  });
});
