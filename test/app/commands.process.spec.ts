import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeOf, assertBuilt } from '../support/app-process.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

// Each loads a program of its own: a second or two, on a busy machine many.
jest.setTimeout(180_000);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const COMMANDS = [
  'start',
  'seed',
  'backup',
  'restore',
  'reconcile',
  'migration:run',
  'migration:revert',
  'migration:show',
  'migration:generate',
  'migration:check',
  'openapi',
  'bench',
  'simulate',
  'soak',
  'fuzz',
  'chaos',
  'demo',
];

/** Without it the first fault would be another one. */
const REQUIRED: Record<string, string> = { backup: '--to x', restore: '--from x' };

/** What `npm run` carries out once everything is built. The host of the demo is compiled by nobody here. */
function programOf(name: string): string {
  const program = scripts[name]!.split(' && ').at(-1)!;
  const hooks = join(ROOT, 'test/support/typescript-hooks.mjs');
  return name === 'demo'
    ? program.replace('node ', `node --import ${hooks} `).replace('/dist/demo/main.js', '/demo/main.ts')
    : program;
}

interface Ended {
  code: number;
  output: string;
  errors: string;
}

function run(name: string, words: string, env: Record<string, string> = {}): Promise<Ended> {
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', `${programOf(name)} ${words}`],
      { cwd: ROOT, env: { PATH: path, DATABASE_URL: '', ...env } },
      (error, output, errors) => resolve({ code: error === null ? 0 : Number(error.code), output, errors }),
    );
  });
}

beforeAll(assertBuilt);

describe.each(COMMANDS)('npm run %s', (name) => {
  const typed = name === 'start' ? 'npm start --' : `npm run ${name} --`;

  it('explains itself, and refuses what it does not know in one line', async () => {
    const [help, unknown] = await Promise.all([
      run(name, '--help'),
      run(name, `${REQUIRED[name] ?? ''} --no-such-option`),
    ]);
    expect(help).toEqual({ code: 0, output: expect.any(String), errors: '' });
    expect(help.output.startsWith(`Usage: ${typed} [options]`)).toBe(true);
    expect(help.output).toContain('--help');
    expect(unknown).toMatchObject({ code: 2, output: '' });
    expect(unknown.errors).toMatch(/^[^\n]*unknown option '--no-such-option'[^\n]*\n$/i);
  });
});

describe('a value that is not allowed', () => {
  it.each([
    ['reconcile', '--date 2027-02-30', /--date <day>.*2027-02-30.*must be a day/],
    ['chaos', '--minutes 0', /--minutes <number>.*0.*above 0/],
    ['fuzz', '--requests 1.5', /--requests <number>.*1\.5.*whole number from 1/],
    ['migration:generate', 'addIndex', /addIndex.*capital/],
    ['demo', '--provider cash', /--provider <name>.*cash.*alipay, wechat/],
    ['backup', '', /--to <folder>/],
    ['restore', '', /--from <folder>/],
    ['backup', '--to here there', /too many arguments/i],
  ])('is one line and the exit code 2: npm run %s -- %s', async (name, words, line) => {
    const { code, output, errors } = await run(name, words);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/^[^\n]+\n$/);
    expect(errors).toMatch(line);
  });
});

describe('on an embedded database', () => {
  let folder: TemporaryFolder;

  beforeAll(async () => {
    folder = await createTemporaryFolder();
  });
  afterAll(() => folder.remove());

  it('the commands start and stop it, and complain of nothing', async () => {
    const env = { DATA_DIR: homeOf(folder) };
    const copy = join(homeOf(folder), 'copy');
    expect(await run('seed', '', env)).toEqual({
      code: 0,
      output: expect.stringMatching(/^free\t免费版\t0\.00 CNY\n(\w+\t\S+\t\d+\.\d\d CNY\n){2}$/),
      errors: '',
    });
    const runs: [name: string, words: string, output: RegExp][] = [
      ['migration:show', '', /\[X\] 1 /],
      ['migration:run', '', /No migrations are pending/],
      ['backup', `--to ${copy}`, /^Backed up to \S+copy\. .*\n$/],
      ['restore', `--from ${copy}`, /^Restored from \S+copy\. .*\n$/],
    ];
    for (const [name, words, expected] of runs) {
      const { code, output, errors } = await run(name, words, env);
      expect({ name, code, errors }).toEqual({ name, code: 0, errors: '' });
      expect(output).toMatch(expected);
      expect(output).not.toMatch(/lost/);
    }
  });

  it('a fault of the caller’s is one line and the exit code 1', async () => {
    const runs: [name: string, words: string, env: Record<string, string>, line: RegExp][] = [
      [
        'backup',
        '--to x',
        { DATABASE_URL: 'postgresql://127.0.0.1:9/x' },
        /^DATABASE_URL names a PostgreSQL/,
      ],
      ['restore', '--from /proc/nothing', { DATA_DIR: homeOf(folder) }, /is no backup/],
      ['seed', '', { DATA_DIR: '/proc/nowhere/at/all' }, /ENOENT.*\/proc\/nowhere/],
      ['backup', `--to /proc/nowhere/at/all`, { DATA_DIR: homeOf(folder) }, /ENOENT.*\/proc\/nowhere/],
      [
        'seed',
        '',
        { DATABASE_URL: 'postgresql://me:hush@127.0.0.1:9/x' },
        /^The database 127\.0\.0\.1:9\/x of DATABASE_URL can't be reached/,
      ],
      [
        'reconcile',
        '--provider cash',
        { DATA_DIR: homeOf(folder) },
        /^--provider cash is not one of: alipay, wechat/,
      ],
    ];
    for (const [name, words, env, line] of runs) {
      const { code, output, errors } = await run(name, words, env);
      expect({ name, code, output }).toEqual({ name, code: 1, output: '' });
      expect(errors).toMatch(/^[^\n]+\n$/);
      expect(errors).toMatch(line);
      expect(errors).not.toContain('hush');
    }
  });
});
