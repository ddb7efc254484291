import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findPostmaster } from '../../src/embedded/postmaster.js';
import { homeOf, startProcess, type AppProcess } from '../support/app-process.js';
import { createTestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';
import { rsaPair } from '../support/rsa-pair.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const ANNA = { email: 'anna@example.com', password: 'correct horse battery staple' };

// Whole processes load, make a database and end: several seconds each, on a busy machine many.
jest.setTimeout(120_000);

let folder: TemporaryFolder;
let running: AppProcess[] = [];

beforeAll(async () => {
  folder = await createTemporaryFolder();
});
afterEach(async () => {
  for (const app of running) app.child.kill('SIGKILL');
  await Promise.all(running.map((app) => app.ended));
  running = [];
});
afterAll(() => folder.remove());

function start(environment: Record<string, string> = {}): AppProcess {
  const app = startProcess(folder, environment);
  running.push(app);
  return app;
}

/** Where it refuses to start: what it wrote, line by line. */
async function refusal(environment: Record<string, string>): Promise<string[]> {
  const { code, errors, output } = await start(environment).ended;
  expect(code).toBe(1);
  expect(output).toMatch(/^(Program loaded \(.*\)\n)?$/);
  return errors.trimEnd().split('\n');
}

describe('in a folder of its own', () => {
  it('starts from nothing, shows where to look, keeps its secret, and allows one app only', async () => {
    const app = start({ ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: 'a long password' });
    const url = await app.ready;
    expect((await send(`${url}/health/ready`, 'GET', {})).status).toBe(200);
    expect((await send(`${url}/auth/register`, 'POST', { body: ANNA })).status).toBe(201);
    const root = { email: 'root@example.com', password: 'a long password' };
    expect((await send(`${url}/auth/login`, 'POST', { body: root })).body.user.role).toBe('admin');
    expect((await stat(join(homeOf(folder), 'jwt-secret'))).mode & 0o777).toBe(0o600);

    const second = await start().ended;
    expect(second.code).toBe(1);
    expect(second.errors).toMatch(/^The embedded database in \S+ is in use by another running app[^\n]*\n$/);
    expect((await send(`${url}/health/ready`, 'GET', {})).status).toBe(200);

    // A request is in flight: its second half is sent when the app has been told to end.
    const body = JSON.stringify(ANNA);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answer = text(socket);
    socket.write(
      `POST /auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.slice(0, 10));
    await until(async () => (await send(`${url}/health/live`, 'GET', {})).status === 200);
    app.child.kill('SIGTERM');
    await until(async () => refusesConnections(url));
    socket.write(body.slice(10));
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    const { code, errors, output } = await app.ended;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const line of ['Swagger UI', '/docs', '/sandbox/cashier/', 'root@example.com']) {
      expect(output).toContain(line);
    }
    expect(output).not.toContain('lost');
    const steps = output.split('\n').filter((line) => / \(\d+\.\d s\)$/.test(line));
    expect(steps).toEqual([
      expect.stringMatching(/^Program loaded/),
      expect.stringMatching(/^Database made in \S+ and started/),
      expect.stringMatching(/^Schema up to date: \d+ migrations applied/),
      expect.stringMatching(/^Service prepared/),
      expect.stringMatching(/^3 plans on sale/),
      expect.stringMatching(/^Listening on http:/),
    ]);
    expect(await findPostmaster(folder.dataDir)).toBeUndefined();
  });

  it('recovers when all of it was killed, or its database alone, and still knows who signed in', async () => {
    const app = start({ LOG_LEVEL: 'info' });
    const url = await app.ready;
    const login = await send(`${url}/auth/login`, 'POST', {
      body: ANNA,
      headers: { 'x-request-id': 'the-login' },
    });
    expect(login.status).toBe(200);
    await app.printed('the-login');
    app.child.kill('SIGKILL');
    process.kill((await findPostmaster(folder.dataDir))!.pid, 'SIGKILL');
    const { signal, output } = await app.ended;
    expect(signal).toBe('SIGKILL');
    expectQuietLog(output, login.body.accessToken);

    const next = start();
    const nextUrl = await next.ready;
    const me = () => send(`${nextUrl}/users/me`, 'GET', { token: login.body.accessToken });
    expect(await me()).toMatchObject({ status: 200, body: { email: ANNA.email } });

    const { pid } = (await findPostmaster(folder.dataDir))!;
    process.kill(pid, 'SIGKILL');
    await until(async () => ![pid, undefined].includes((await findPostmaster(folder.dataDir))?.pid));
    await until(async () => (await send(`${nextUrl}/health/ready`, 'GET', {})).status === 200);
    expect(await me()).toMatchObject({ status: 200, body: { email: ANNA.email } });
    next.child.kill('SIGINT');
    const { code, output: told } = await next.ended;
    expect(code).toBe(0);
    // It was started without ADMIN_EMAIL, and there is one from before.
    expect(told).toMatch(/^ {2}Administrator +root@example\.com$/m);
    expect(told).toMatch(/^Database started/m);
    expect(await findPostmaster(folder.dataDir)).toBeUndefined();
  });

  /** The request is there under its id, and nothing that is secret. */
  function expectQuietLog(output: string, token: string): void {
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line)).find(({ req }) => req?.id === 'the-login');
    expect(logged).toMatchObject({ req: { method: 'POST', path: '/auth/login' }, res: { statusCode: 200 } });
    for (const secret of [ANNA.password, token]) expect(output).not.toContain(secret);
  }
});

describe('on a PostgreSQL of the operator’s', () => {
  it('starts for development and for production at once on one database', async () => {
    const database = await createTestDatabase();
    const alipay = rsaPair();
    const production = {
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      JWT_SECRET: 'k'.repeat(40),
      PUBLIC_URL: 'https://pay.idoctor.cn',
      SHUTDOWN_DELAY_SECONDS: '0',
      ALIPAY_APP_ID: '2021000000000001',
      ALIPAY_SELLER_ID: '2088000000000001',
      ALIPAY_PRIVATE_KEY: alipay.privateKey.replaceAll('\n', '\\n'),
      ALIPAY_PUBLIC_KEY: rsaPair().publicKey,
    };
    try {
      const address = `http://127.0.0.1:${await freePort()}`;
      const development = start({ DATABASE_URL: database.url });
      start({ ...production, PORT: new URL(address).port });
      const urls = [await development.ready, address] as const;
      await until(async () => !(await refusesConnections(address)));
      for (const url of urls) {
        expect((await send(`${url}/health/ready`, 'GET', {})).status).toBe(200);
        expect((await send(`${url}/plans`, 'GET', {})).body.items).toHaveLength(3);
      }
      expect((await send(`${urls[0]}/sandbox/cashier/x`, 'GET', {})).body).toContain('<html');
      expect((await send(`${urls[1]}/sandbox/cashier/x`, 'GET', {})).body.code).toBe('NOT_FOUND');
      for (const app of running) app.child.kill('SIGTERM');
      for (const { code, errors } of await Promise.all(running.map((app) => app.ended))) {
        expect({ code, errors }).toEqual({ code: 0, errors: '' });
      }
    } finally {
      await database.drop();
    }
  });
});

describe('where it can’t start', () => {
  let holder: Server;
  let taken: string;

  beforeAll(async () => {
    holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    taken = String((holder.address() as AddressInfo).port);
  });
  afterAll(() => new Promise((resolve) => holder.close(resolve)));

  it('says in one clear line why, and ends with an exit code', async () => {
    const before = await readdir(homeOf(folder));
    const cases: [environment: Record<string, string>, line: RegExp][] = [
      [
        { PORT: taken },
        /^Port \d+ on 127\.0\.0\.1 is taken: stop what listens there, or set PORT to another$/,
      ],
      [{ DATA_DIR: '/proc/nowhere' }, /^The data folder \/proc\/nowhere can't be written \(ENOENT\)/],
      [
        { DATABASE_URL: 'postgresql://me:hush-hush@127.0.0.1:9/shop' },
        /^The database 127\.0\.0\.1:9\/shop of DATABASE_URL can't be reached: (?!.*hush).*ECONNREFUSED/,
      ],
    ];
    const lines = await Promise.all(cases.map(([environment]) => refusal(environment)));
    expect(lines).toEqual(cases.map(([, line]) => [expect.stringMatching(line)]));
    // It found out before it started a database for nothing.
    expect(await readdir(homeOf(folder))).toEqual(before);
  });

  it('has a line for each fault of the configuration, and tells no secret', async () => {
    const secret = 'change-me-change-me-change-me-change-me';
    const [missing, placeholder] = await Promise.all([
      refusal({ NODE_ENV: 'production' }),
      refusal({
        NODE_ENV: 'production',
        DATABASE_URL: 'postgresql://127.0.0.1:9/x',
        JWT_SECRET: secret,
        PUBLIC_URL: 'https://pay.idoctor.cn',
        PAYMENTS_SANDBOX: 'true',
      }),
    ]);
    expect(missing).toEqual([
      expect.stringMatching(/^DATABASE_URL is missing/),
      expect.stringMatching(/^JWT_SECRET is missing/),
      expect.stringMatching(/^PUBLIC_URL is missing/),
    ]);
    expect(placeholder).toEqual([
      expect.stringMatching(/^PAYMENTS_SANDBOX must not be true in production/),
      expect.stringMatching(/^JWT_SECRET is a placeholder/),
    ]);
    expect(placeholder.join()).not.toContain(secret);
  });
});

function refusesConnections(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
