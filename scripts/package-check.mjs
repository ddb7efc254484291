/**
 * Installs the packages as a stranger would: their tarballs, into an empty project, beside nothing but their peers. Their
 * types must compile there, a host (package-check/host.ts) must do its work on a PostgreSQL, on Express and on Fastify,
 * and what is packed must hold no test. What a host installs and how long it waits for the import must stay within
 * LIMITS.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDatabaseUrl } from '../dist/src/app/with-database.js';
import { installed } from './package-check/installed.mjs';

const own = readJson('package.json');
/** What the host is written with, beside the peers. */
const TOOLS = ['@nestjs/platform-express', 'typescript', '@types/node'];
/** What a host on Fastify has beside them; LIMITS are for one on Express. */
const ON_FASTIFY = ['@nestjs/platform-fastify', '@fastify/static'];

/** For a host with the package, its peers and TOOLS. docs/operate/performance.md has the figures. */
const LIMITS = { megabytes: 190, packages: 300, importRatio: 1 / 3 };
/** What the import loaded too before the package was bundled: it loads at first use now. */
const LATE = ['alipay-sdk', 'wechatpay-axios-plugin', 'pg-boss', '@zxcvbn-ts/language-common'];
/** The cheapest of so many runs counts: whatever else the machine does only adds to one. */
const IMPORTS = 9;

const peers = Object.keys(readJson('packages/commercial/package.json').peerDependencies);
const folder = mkdtempSync(join(tmpdir(), 'commercial-consumer-'));
try {
  const tarballs = readdirSync('artifacts').filter((name) => /^idoctor-commercial(-sandbox)?-\d/.test(name));
  for (const name of tarballs) {
    refuseTests(execFileSync('tar', ['-tzf', join('artifacts', name)], { encoding: 'utf8' }).split('\n'));
    cpSync(join('artifacts', name), join(folder, name));
  }
  writeProject();
  const [module, ...others] = tarballs.toSorted((one, other) => one.length - other.length);
  install(module);
  measure();
  others.forEach(install);
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...ON_FASTIFY.map(tested)]);
  run(process.execPath, ['node_modules/typescript/bin/tsc']);
  run('npx', ['--no-install', 'commercial', '--version']);
  for (const platform of ['express', 'fastify']) {
    const port = await freePort();
    await withDatabaseUrl({ databaseUrl: null, dataDir: join(folder, platform) }, async (url) =>
      run(process.execPath, ['--enable-source-maps', 'host.js'], {
        PATH: process.env.PATH,
        DATABASE_URL: url,
        PORT: String(port),
        PLATFORM: platform,
      }),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function refuseTests(paths) {
  const strays = paths.filter((path) => /\.spec\.|(^|\/)test\/|\.ts\.map$|\.tsbuildinfo$/.test(path));
  if (strays.length > 0) throw new Error(`The package holds what no host needs:\n${strays.join('\n')}`);
}

function writeProject() {
  // The versions that are tested here; the peers' open ranges are the host's business.
  const dependencies = Object.fromEntries(
    [...peers, ...TOOLS].map((name) => [name, own.devDependencies[name] ?? own.dependencies[name]]),
  );
  write('package.json', { name: 'host', private: true, type: 'module', dependencies });
  write('tsconfig.json', {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      rootDir: '.',
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      types: ['node'],
    },
    files: ['host.ts'],
  });
  copyFileSync('scripts/package-check/host.ts', join(folder, 'host.ts'));
}

/** @returns the package in the version that is tested here */
function tested(name) {
  return `${name}@${own.devDependencies[name] ?? own.dependencies[name]}`;
}

function install(tarball) {
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${tarball}`]);
}

function measure() {
  const { megabytes, packages } = installed(folder);
  const bundled = [];
  const plain = [];
  for (let run = 0; run < IMPORTS; run += 1) {
    bundled.push(importCost(folder, ['@idoctor/commercial']));
    plain.push(importCost(process.cwd(), ['./dist/src/index.js', ...LATE]));
  }
  const [fast, slow] = [Math.min(...bundled), Math.min(...plain)];
  const importRatio = fast / slow;
  console.log(`a host: ${packages} packages, ${megabytes} MB`);
  console.log(
    `import: ${fast} ms of CPU, ${slow} ms unbundled with all libraries (${importRatio.toFixed(2)})`,
  );
  const found = { megabytes, packages, importRatio };
  const above = Object.keys(LIMITS).filter((name) => found[name] > LIMITS[name]);
  if (above.length > 0)
    throw new Error(above.map((name) => `${name} is ${found[name]}, above ${LIMITS[name]}`).join('; '));
}

/** Run from inside the project, so that peers and package are of the same folder. */
function importCost(cwd, modules) {
  const script = readFileSync('scripts/package-check/import-cost.mjs', 'utf8');
  // A host has loaded its HTTP adapter too before it imports a module.
  const loaded = [...peers, '@nestjs/platform-express'].join();
  const args = ['--input-type=module', '-e', script, loaded, ...modules];
  return Number(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }));
}

function write(name, content) {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

function run(command, args, env = process.env) {
  execFileSync(command, args, { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
