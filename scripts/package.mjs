/**
 * Makes the tarballs that are published, under artifacts/. A package is a manifest written by hand
 * (packages/<name>/package.json) and a bundle of what its entry reaches. The manifest must name exactly the packages
 * that the bundle loads: what is missing breaks a host, what is too much is installed for nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import { bundle, bundleProgram } from './bundle.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ARTIFACTS = 'artifacts';
const STAGES = join(ARTIFACTS, 'stages');

/**
 * Made of the build's files. `entries` has the compiled index, `program` what `bin` names. `inside`: libraries that are part of the bundle, because a
 * host would install 42 MB of them and load 2. A fault in one of them is mended by a new version of the package, so only
 * libraries that use no network are here.
 */
const FROM_BUILD = [
  {
    folder: 'packages/commercial',
    entries: { index: 'dist/src/index.js' },
    inside: [
      '@opentelemetry/api',
      'csv-parse',
      'lru-cache',
      'p-limit',
      'pdfkit',
      'rate-limiter-flexible',
      'uuid',
      'zod',
    ],
    // A bundle of its own, so that the index loads nothing for its sake. It makes no PDF.
    program: {
      entries: { cli: 'dist/src/cli/main.js' },
      inside: [
        '@opentelemetry/api',
        'commander',
        'csv-parse',
        'js-yaml',
        'lru-cache',
        'p-limit',
        'rate-limiter-flexible',
        'uuid',
        'yocto-spinner',
        'zod',
      ],
      without: ['pdfkit'],
    },
  },
  { folder: 'packages/sandbox', entries: { index: 'dist/src/sandbox/index.js' }, inside: [] },
];

/** Workspaces that build themselves, by `npm run build` of their own. */
const WORKSPACES = ['packages/client'];

process.chdir(ROOT);
const own = readJson('package.json');
rmSync(ARTIFACTS, { recursive: true, force: true });
for (const one of FROM_BUILD) await stage(one);
for (const folder of WORKSPACES.filter((path) => existsSync(path))) packWorkspace(folder);
rmSync(STAGES, { recursive: true, force: true });
for (const file of readdirSync(ARTIFACTS)) console.log(join(ARTIFACTS, file));

async function stage({ folder, entries, inside, program }) {
  const target = join(STAGES, folder);
  cpSync(folder, target, { recursive: true });
  cpSync('LICENSE', join(target, 'LICENSE'));
  const outside = await bundle(entries, join(target, 'dist'), inside);
  if (program) {
    const { loaded } = await bundleProgram(program.entries, join(target, 'dist/cli'), program);
    for (const name of loaded) outside.loaded.add(name);
  }
  const faults = faultsOf(readJson(join(folder, 'package.json')), outside);
  if (faults.length > 0) throw new Error(`${folder}/package.json:\n${faults.join('\n')}`);
  pack(target);
}

function packWorkspace(folder) {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: 'inherit' });
  pack(folder);
}

function pack(folder) {
  const target = join(ROOT, ARTIFACTS);
  mkdirSync(target, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function faultsOf(manifest, { loaded, typed }) {
  const { dependencies = {}, peerDependencies = {} } = manifest;
  const declared = { ...dependencies, ...peerDependencies };
  const needed = new Set([...loaded, ...[...typed].map(typesOf)]);
  const lacking = [...needed].filter((name) => !(name in declared));
  const idle = Object.keys(dependencies).filter((name) => !needed.has(name) && !typesOfSome(name, loaded));
  return [
    ...lacking.map((name) => `- lacks "${name}", which its files load`),
    ...idle.map((name) => `- names "${name}", which none of its files loads`),
    ...Object.entries(declared).flatMap(([name, range]) => faultOfRange(name, range)),
    ...(manifest.version === own.version ? [] : [`- version is not ${own.version}, as in the root`]),
  ];
}

/** A package without declarations of its own is typed by another. */
function typesOf(name) {
  const types = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
  return types in { ...own.dependencies, ...own.devDependencies } ? types : name;
}

function typesOfSome(name, loaded) {
  return name.startsWith('@types/') && [...loaded].some((other) => typesOf(other) === name);
}

/** The version that is tested here must be one that the range admits. */
function faultOfRange(name, range) {
  const tested = own.dependencies[name] ?? own.devDependencies[name];
  if (tested === undefined) return [`- names "${name}", which the root does not install`];
  return semver.satisfies(tested, range) ? [] : [`- "${name}" ${range} does not admit ${tested}`];
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
