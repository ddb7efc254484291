import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { createDataSource } from '../../src/commercial/data-source.js';
import { assertBuilt } from '../support/app-process.js';
import { ADMINISTRATOR, PASSWORD, register } from '../support/app.js';
import { startBuiltApp, type BuiltApp } from '../support/built-app.js';
import { cli, type Ended } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

// Each run loads a program of its own: a second or two, on a busy machine many.
jest.setTimeout(180_000);

const COMMANDS = [
  'migrate',
  'admin create',
  'plans pull',
  'plans diff',
  'plans push',
  'doctor',
  'sandbox pay',
  'sandbox advance',
  'backup',
  'restore',
  'reconcile',
];

/** Without it the first fault would be another one. */
const REQUIRED: Record<string, string[]> = {
  'admin create': ['--email', 'a@example.com'],
  'plans diff': ['plans.yaml'],
  'plans push': ['plans.yaml'],
  'sandbox pay': ['order'],
  backup: ['--to', 'x'],
  restore: ['--from', 'x'],
};

beforeAll(assertBuilt);

describe('commercial', () => {
  it('names its commands, and its version', async () => {
    const { code, output } = await cli(['--help']);
    expect(code).toBe(0);
    for (const name of ['migrate', 'admin', 'plans', 'doctor', 'sandbox', 'backup', 'restore', 'reconcile']) {
      expect(output).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(await cli(['--version'])).toMatchObject({ code: 0, output: '0.1.0\n' });
  });

  it.each([['nonsense'], ['plans', 'nonsense'], ['--nonsense']])('ends with 2 for %s', async (...words) => {
    const { code, errors } = await cli(words);
    expect([code, errors.trim().split('\n')]).toEqual([
      2,
      [expect.stringContaining('See: commercial --help')],
    ]);
  });

  it.each(COMMANDS)('explains %s', async (name) => {
    const { code, output } = await cli([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(output).toContain(`Usage: commercial ${name}`);
    expect(output).toContain('--json');
  });

  it.each(COMMANDS)('refuses an unknown option of %s', async (name) => {
    const { code, errors } = await cli([...name.split(' '), ...(REQUIRED[name] ?? []), '--nonsense']);
    expect([code, errors]).toEqual([2, expect.stringContaining("Unknown option '--nonsense'")]);
  });

  it('says what is missing in one line', async () => {
    for (const words of [['migrate'], ['plans', 'pull']]) {
      expect(await cli(words)).toMatchObject({
        code: 1,
        output: '',
        errors: expect.stringMatching(/^DATABASE_URL is not set: .*\n$/),
      });
    }
  });

  it('tells no password of a database that does not answer', async () => {
    const { code, errors } = await cli(['migrate'], {
      env: { DATABASE_URL: 'postgres://me:hush-hush@127.0.0.1:9/nothing' },
    });
    expect(code).toBe(1);
    expect(errors).toMatch(/^The database 127\.0\.0\.1:9\/nothing can't be reached: .*\n$/);
    expect(errors).not.toContain('hush');
  });
});

describe('commercial, on a database of a host', () => {
  let database: TestDatabase;
  let folder: TemporaryFolder;
  const run = (words: string[], env: Record<string, string> = {}, input?: string): Promise<Ended> =>
    cli(words, { env: { DATABASE_URL: database.url, ...env }, ...(input === undefined ? {} : { input }) });
  const path = (name: string) => join(dirname(folder.dataDir), name);

  beforeAll(async () => {
    [database, folder] = await Promise.all([createTestDatabase(), createTemporaryFolder()]);
    const dataSource = await createDataSource({ url: database.url }).initialize();
    await dataSource.query('DROP SCHEMA IF EXISTS commercial CASCADE');
    await dataSource.query('DROP SCHEMA IF EXISTS commercial_jobs CASCADE');
    await dataSource.query('DROP TABLE IF EXISTS public.commercial_migrations');
    await dataSource.destroy();
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('migrates it, once', async () => {
    expect(await run(['migrate', '--check', '--json'])).toMatchObject({ code: 3 });
    const first = await run(['migrate', '--json']);
    expect([first.code, first.errors]).toEqual([0, '']);
    expect(first.json().applied).toBeGreaterThan(0);
    expect((await run(['migrate', '--json'])).json()).toEqual({ applied: 0 });
    expect((await run(['migrate', '--check', '--json'])).json()).toEqual({ pending: false });
  });

  it('makes the first administrator, with a password that stands nowhere', async () => {
    const email = 'boss@example.com';
    expect(await run(['admin', 'create', '--email', email])).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^No password: /),
    });
    expect(await run(['admin', 'create', '--email', email], { ADMIN_PASSWORD: 'short' })).toMatchObject({
      code: 1,
    });
    const made = await run(
      ['admin', 'create', '--email', email, '--password-stdin', '--json'],
      {},
      `${PASSWORD}\n`,
    );
    expect(made.errors).toBe('');
    expect(made.json()).toEqual({ email, made: true });
    const again = await run(['admin', 'create', '--email', 'other@example.com'], {
      ADMIN_PASSWORD: PASSWORD,
    });
    expect(again).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^There is an administrator already/),
    });
    for (const { output } of [made, again]) expect(output).not.toContain(PASSWORD);
  });

  it('keeps plans in a file: pushed only when asked to, pulled as pushed', async () => {
    const file = path('plans.yaml');
    await writeFile(
      file,
      `plans:
  - code: free
    name: Free
    description: ''
    price: '0.00'
    billingCycle: monthly
    quotas: [{ quotaType: processing_count, quotaLimit: 10 }]
  - code: pro
    name: Pro
    description: For teams
    price: '99.00'
    billingCycle: monthly
    quotas: [{ quotaType: processing_count, quotaLimit: 100, overageCap: 5 }]
    features: { max_concurrent: 3, priority: medium }
    trialDays: 14
`,
    );
    const shown = await run(['plans', 'push', file, '--json']);
    expect(shown.json()).toMatchObject({
      applied: false,
      changes: [{ change: 'create' }, { change: 'create' }],
    });
    expect(await run(['plans', 'diff', file])).toMatchObject({ code: 3 });
    expect(await run(['plans', 'push', file, '--apply', '--json'])).toMatchObject({ code: 0 });
    expect(await run(['plans', 'diff', file])).toMatchObject({ code: 0 });
    expect((await run(['plans', 'push', file, '--apply', '--json'])).json().changes).toMatchObject([
      { change: 'none' },
      { change: 'none' },
    ]);
    const pulled = path('pulled.yaml');
    expect(await run(['plans', 'pull', pulled])).toMatchObject({
      code: 0,
      output: `2 plans written to ${pulled}.\n`,
    });
    expect(load(await readFile(pulled, 'utf8'))).toEqual(load(await readFile(file, 'utf8')));
    expect((await run(['plans', 'pull'])).output).toContain("price: '99.00'");
  });

  it('shows what changes, and for how many', async () => {
    const file = path('changed.yaml');
    const text = await readFile(path('pulled.yaml'), 'utf8');
    await writeFile(file, text.replace('99.00', '129.00'));
    const { output, code } = await run(['plans', 'push', file]);
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      '= as it is: free (0 subscribers)',
      '~ next version: pro (0 subscribers)',
      '    price: "99.00" → "129.00"',
      'Nothing was changed. To do it: --apply',
      '',
    ]);
    await run(['plans', 'push', file, '--apply', '--migrate-at', '2030-01-01T00:00:00Z']);
    const dataSource = await createDataSource({ url: database.url }).initialize();
    expect(
      await dataSource.query(
        `SELECT version, price_fen, migrate_at FROM commercial.subscription_plans WHERE code = 'pro' ORDER BY version`,
      ),
    ).toEqual([
      { version: 1, price_fen: 9900, migrate_at: null },
      { version: 2, price_fen: 12900, migrate_at: new Date('2030-01-01T00:00:00Z') },
    ]);
    await dataSource.destroy();
  });

  it('takes off sale, only when asked to, what a file does not name', async () => {
    const file = path('few.yaml');
    const text = await readFile(path('pulled.yaml'), 'utf8');
    await writeFile(file, text.slice(0, text.indexOf('  - code: pro')));
    expect((await run(['plans', 'push', file, '--apply', '--json'])).json().changes).toHaveLength(1);
    const archived = await run(['plans', 'push', file, '--apply', '--archive-missing', '--json']);
    expect(archived.json().changes).toMatchObject([{ change: 'none' }, { code: 'pro', change: 'archive' }]);
    const back = await run(['plans', 'push', path('changed.yaml'), '--apply', '--json']);
    expect(back.json().changes).toMatchObject([{ change: 'none' }, { code: 'pro', change: 'restore' }]);
  });

  it.each([
    ['plans: 1', 'plans must be a list'],
    ['- 1', 'must have the member plans'],
    ['plans: [', 'is not valid YAML'],
    ['plans: []\nplan: 1', 'plan is not known'],
    ['plans: []\nfeatures: 1', 'features must name a type'],
    ['plans: [{ code: a }]', 'plans, "a": name '],
    [
      'plans: [{ code: pro, name: P, description: "", price: "1.00", billingCycle: yearly, quotas: [] }]',
      'pro: it is monthly and stays so',
    ],
  ])('refuses the file %j', async (content, reason) => {
    await writeFile(path('bad.yaml'), content);
    const { code, errors } = await run(['plans', 'push', path('bad.yaml'), '--apply']);
    expect([code, errors]).toEqual([1, expect.stringContaining(reason)]);
  });

  it('backs up by pg_dump, with no password on the command line', async () => {
    const bin = path('bin');
    await mkdir(bin);
    const program = `#!/bin/sh
for word in "$@"; do case $word in --file=*) echo "$* | $PGDATABASE" > "\${word#--file=}";; esac; done
`;
    await writeFile(join(bin, 'pg_dump'), program);
    await chmod(join(bin, 'pg_dump'), 0o755);
    const folder = path('backup');
    const env = { PATH: `${bin}:${process.env['PATH']}` };
    expect(await run(['backup', '--to', folder], env)).toMatchObject({ code: 0 });
    const [words, name] = (await readFile(join(folder, 'data.dump'), 'utf8')).trim().split(' | ');
    const { password, pathname } = new URL(database.url);
    expect(name).toBe(pathname.slice(1));
    if (password) expect(words).not.toContain(password);
    expect(await run(['backup', '--to', folder], env)).toMatchObject({ code: 1 });
    expect(
      await run(['backup', '--to', path('none')], { PATH: bin.replace('bin', 'nowhere') }),
    ).toMatchObject({
      code: 1,
      errors: "pg_dump is not on the PATH: install PostgreSQL's client programs.\n",
    });
    expect(await run(['restore', '--from', folder])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has a schema "commercial" already'),
    });
    expect(await run(['restore', '--from', bin])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has no migrations.dump'),
    });
  });

  it('compares bills only where there is a channel', async () => {
    expect(await run(['reconcile'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('No channel'),
    });
  });
});

describe('commercial, beside a running service', () => {
  let app: BuiltApp;
  let url: string;
  const signedIn = { ADMIN_EMAIL: ADMINISTRATOR.email, ADMIN_PASSWORD: ADMINISTRATOR.password };

  beforeAll(async () => {
    app = await startBuiltApp();
    url = databaseUrlOf(app);
  });
  afterAll(() => app.close());

  it('pays an order and lets time pass', async () => {
    const anna = await register(app, 'anna');
    const ordered = await anna.call('POST', '/subscriptions', {
      body: { planCode: 'pro', provider: 'wechat' },
    });
    const { orderId } = ordered.body.payment;
    const paid = await cli(['sandbox', 'pay', orderId, '--url', app.url, '--json']);
    expect([paid.errors, paid.json()]).toEqual(['', { orderId, paid: true }]);
    expect((await anna.call('GET', `/payments/${orderId}`)).body.status).toBe('paid');
    expect(await cli(['sandbox', 'pay', 'nothing', '--url', app.url])).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^The service answered 404: /),
    });
    const before = (await app.administrator.call('GET', '/sandbox/clock')).body.now;
    const moved = await cli(['sandbox', 'advance', '--days', '3', '--url', app.url, '--json'], {
      env: signedIn,
    });
    expect(moved.errors).toBe('');
    expect(Date.parse(moved.json().now) - Date.parse(before)).toBeGreaterThanOrEqual(3 * 86_400_000);
    expect(await cli(['sandbox', 'advance', '--url', app.url], { env: signedIn })).toMatchObject({ code: 1 });
    expect(await cli(['sandbox', 'advance', '--days', '1', '--url', app.url])).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^Sign in as an administrator/),
    });
  });

  it('finds it well', async () => {
    const { code, output, json } = await cli(['doctor', '--url', app.url, '--json'], {
      env: { DATABASE_URL: url, JWT_SECRET: 'a-long-key-that-stands-in-no-output-at-all' },
    });
    const findings: { check: string; state: string }[] = json().findings;
    const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
    expect(states).toMatchObject({
      node: 'ok',
      JWT_SECRET: 'ok',
      PostgreSQL: 'ok',
      schema: 'ok',
      'clock of the database': 'ok',
      'clock of the service': 'ok',
      service: 'ok',
      'callback of alipay': 'ok',
      'callback of wechat': 'ok',
    });
    expect(code).toBe(0);
    expect(output).not.toContain('stands-in-no-output');
  });

  it('finds what is wrong', async () => {
    const { code, output } = await cli(['doctor', '--url', 'http://127.0.0.1:9'], {
      env: { DATABASE_URL: 'postgres://me:hush@127.0.0.1:9/x', JWT_SECRET: 'short-hush', ALIPAY_APP_ID: '1' },
    });
    expect(code).toBe(1);
    expect(output).toMatch(/^✗ settings: JWT_SECRET /m);
    expect(output).toMatch(/^✗ settings: .*ALIPAY_PRIVATE_KEY/m);
    expect(output).toMatch(/^✗ database: The database 127\.0\.0\.1:9\/x can't be reached/m);
    expect(output).toMatch(/^✗ service: /m);
    expect(output).not.toContain('hush');
  });
});

function databaseUrlOf({ dataSource }: BuiltApp): string {
  return (dataSource.options as { url: string }).url;
}
