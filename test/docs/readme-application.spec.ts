import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import ts from 'typescript';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';

jest.setTimeout(180_000);

/** Inside the repository, where `@idoctor/commercial` is the package's own build. */
const PLACE = resolve('dist', 'readme');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As strictly as a careful host would. */
function compile(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    types: ['node'],
  });
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A reader's database has nothing in it yet. */
async function emptied(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
  );
  for (const { name } of rows) await client.query(`DROP SCHEMA ${name} CASCADE`);
  await client.query('CREATE SCHEMA public');
  await client.end();
}

describe('the Nest application that README prints', () => {
  let folder: string;
  let database: TestDatabase;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    mkdirSync(PLACE, { recursive: true });
    folder = mkdtempSync(join(PLACE, 'application-'));
    database = await createTestDatabase();
  });
  beforeEach(() => emptied(database.url));
  afterAll(async () => {
    await end(child);
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  it.each(['README.md', 'README.zh-CN.md'])(
    'compiles, starts and refuses the fourth report: %s',
    async (path) => {
      const [, code = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(path, 'utf8')) ?? [];
      expect(code).toContain('listen(3000)');
      const port = await freePort();
      const file = join(folder, 'main.ts');
      writeFileSync(file, code.replaceAll('3000', String(port)));
      expect(compile(file)).toEqual([]);

      const started = spawn(process.execPath, [join(folder, 'main.js')], {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: database.url,
          JWT_SECRET: 'a key for this spec alone, of 32 bytes',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      child = started;
      const url = `http://127.0.0.1:${port}`;
      await until(async () => {
        if (started.exitCode !== null) throw new Error(`it ended with ${started.exitCode}`);
        return fetch(url).then(
          () => true,
          () => false,
        );
      });
      expect(await send(`${url}/reports/one`, 'POST', {})).toMatchObject({ status: 401 });
      const registered = await send(`${url}/auth/register`, 'POST', {
        body: { email: `reader@${port}.example.com`, password: 'correct horse battery staple' },
      });
      const { accessToken: token } = registered.body as { accessToken: string };
      for (const study of ['one', 'two', 'three']) {
        expect(await send(`${url}/reports/${study}`, 'POST', { token })).toMatchObject({
          status: 201,
          body: { study },
        });
      }
      expect(await send(`${url}/reports/four`, 'POST', { token })).toMatchObject({ status: 402 });
      started.kill('SIGKILL');
      await once(started, 'exit');
    },
  );
});
