import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = join(ROOT, 'src');

const BESIDE_THE_CODE = /new URL\('(\.[^']+)', import\.meta\.url\)/g;
/** Where code looks for the nearest package.json above it. */
const OWN_FOLDER = /new URL\('\.', import\.meta\.url\)/g;
/** Asks Node for packages; names no file. */
const REQUIRE = /createRequire\(import\.meta\.url\)/g;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every file that the code reads beside itself, and every file below src/ that the compiler doesn't write, as paths in dist/. */
function filesBesideTheCode(): string[] {
  const files = filesIn(SOURCES);
  const named = files
    .filter(isCode)
    .flatMap((file) =>
      Array.from(readFileSync(file, 'utf8').matchAll(BESIDE_THE_CODE), ([, path]) => join(file, '..', path!)),
    );
  const others = files.filter((file) => !isCode(file));
  return [...new Set([...named, ...others])].map((file) => join('dist', relative(ROOT, file)));
}

function isCode(file: string): boolean {
  return file.endsWith('.ts');
}

describe('a file that is read beside the code', () => {
  const wanted = filesBesideTheCode();

  it('is named in the one form that this spec finds', () => {
    const others = filesIn(SOURCES)
      .filter(isCode)
      .filter((file) =>
        readFileSync(file, 'utf8')
          .replaceAll(BESIDE_THE_CODE, '')
          .replaceAll(REQUIRE, '')
          .replaceAll(OWN_FOLDER, '')
          .match(/import\.meta|__dirname|__filename/),
      );
    expect(others).toEqual([]);
  });

  it('is in the build', () => {
    expect(wanted).toContain('dist/src/billing/documents/receipts/fonts/NotoSansSC-Regular.ttf');
    expect(wanted.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('is in the packed package', async () => {
    const pack = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      maxBuffer: 64 * 2 ** 20,
    });
    const packed = new Set(
      (JSON.parse(pack.stdout) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path),
    );
    expect(wanted.filter((path) => !packed.has(path))).toEqual([]);
  }, 120_000);
});
