/**
 * Installs the packages as a stranger would: their tarballs, into an empty project, beside nothing but their peers. Their
 * types must compile there, a host (package-check/host.ts) must do its work on a PostgreSQL, and what is packed must hold
 * no test.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDatabaseUrl } from '../dist/src/app/with-database.js';

const own = readJson('package.json');
/** What the host is written with, beside the peers. */
const TOOLS = ['@nestjs/platform-express', 'typescript', '@types/node'];

const folder = mkdtempSync(join(tmpdir(), 'commercial-consumer-'));
try {
  const tarballs = readdirSync('artifacts').filter((name) => /^idoctor-commercial(-sandbox)?-\d/.test(name));
  for (const name of tarballs) {
    refuseTests(execFileSync('tar', ['-tzf', join('artifacts', name)], { encoding: 'utf8' }).split('\n'));
    cpSync(join('artifacts', name), join(folder, name));
  }
  writeProject();
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...tarballs.map((name) => `./${name}`)]);
  run(process.execPath, ['node_modules/typescript/bin/tsc']);
  const port = await freePort();
  await withDatabaseUrl({ databaseUrl: null, dataDir: join(folder, 'data') }, async (url) =>
    run(process.execPath, ['host.js'], { PATH: process.env.PATH, DATABASE_URL: url, PORT: String(port) }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function refuseTests(paths) {
  const strays = paths.filter((path) => /\.spec\.|(^|\/)test\/|\.map$|\.tsbuildinfo$/.test(path));
  if (strays.length > 0) throw new Error(`The package holds what no host needs:\n${strays.join('\n')}`);
}

function writeProject() {
  // The versions that are tested here; the peers' open ranges are the host's business.
  const peers = Object.keys(readJson('packages/commercial/package.json').peerDependencies);
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
