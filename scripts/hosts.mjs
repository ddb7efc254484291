/**
 * Installs the packages into a copy of examples/embedded-host, in an empty folder: Nest 11, CommonJS, Express, TypeORM
 * 0.3. It must compile by its own tsconfig and go through the loop on a PostgreSQL: sign-in, guard, 402, purchase,
 * webhook. (Nest 12, ESM, Express and Fastify, TypeORM 1.1: scripts/package-check.mjs.)
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDatabaseUrl } from '../dist/src/app/with-database.js';

const HOST = 'examples/embedded-host';

const folder = mkdtempSync(join(tmpdir(), 'commercial-host-'));
try {
  cpSync(HOST, folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path) });
  const tarballs = readdirSync('artifacts').filter((name) => /^idoctor-commercial(-sandbox)?-\d/.test(name));
  for (const name of tarballs) copyFileSync(join('artifacts', name), join(folder, name));
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...tarballs.map((name) => `./${name}`)]);
  run('npx', ['--no-install', 'tsc']);
  run('npx', ['--no-install', 'commercial', '--version']);
  await withDatabaseUrl({ databaseUrl: null, dataDir: join(folder, 'data') }, serve);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function serve(databaseUrl) {
  const port = String(await freePort());
  const host = spawn(process.execPath, ['dist/main.js'], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(host, 'exit');
  try {
    await Promise.race([once(host.stdout, 'data'), ended.then(() => Promise.reject(new Error('it ended')))]);
    await goThroughTheLoop(`http://127.0.0.1:${port}`);
  } finally {
    host.kill('SIGTERM');
    await ended;
  }
}

async function goThroughTheLoop(url) {
  const { nest, typeorm } = versions();
  const work = '/process/zhang-san/2026-12-01';
  await answer(url, 401, 'POST', work);
  await answer(url, 401, 'GET', '/billing/quota');
  await answer(url, 404, 'GET', '/quota');
  const { session } = await answer(url, 201, 'POST', '/sign-in', { email: 'li@example.com', name: 'Li Wei' });
  for (let study = 0; study < 3; study += 1) await answer(url, 201, 'POST', work, undefined, session);
  const refused = await answer(url, 402, 'POST', work, undefined, session);
  if (refused.code !== 'QUOTA_EXCEEDED') throw new Error(`the refusal is ${refused.code}`);
  const { payment } = await answer(
    url,
    201,
    'POST',
    '/billing/subscriptions',
    { planCode: 'pro', provider: 'alipay' },
    session,
  );
  // The buyer opens the link; before that the gateway knows of no order.
  await fetch(payment.paymentUrl);
  await answer(url, 204, 'POST', `/sandbox/payments/${payment.orderId}/pay`);
  for (let status = ''; status !== 'paid';) {
    ({ status } = await answer(url, 200, 'GET', `/billing/payments/${payment.orderId}`, undefined, session));
  }
  await answer(url, 201, 'POST', work, undefined, session);
  const [quota] = (await answer(url, 200, 'GET', '/billing/quota', undefined, session)).items;
  if (quota.limit !== 100) throw new Error(`the limit is ${quota.limit}`);
  // The first user is the administrator.
  await answer(url, 200, 'GET', '/billing/admin/plans', undefined, session);
  console.log(
    `Nest ${nest}, CommonJS, Express, TypeORM ${typeorm}, Node ${process.versions.node}: the loop is closed`,
  );
}

function versions() {
  const versionOf = (name) =>
    JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  return { nest: versionOf('@nestjs/core'), typeorm: versionOf('typeorm') };
}

async function answer(url, status, method, path, body, session) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(session ? { 'x-session': session } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (response.status !== status) {
    throw new Error(`${method} ${path} answered ${response.status}, not ${status}: ${text}`);
  }
  return text === '' ? null : JSON.parse(text);
}

function run(command, args) {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
