/**
 * Makes the tarballs that are published, under artifacts/. A package is a manifest written by hand
 * (packages/<name>/package.json) and those files of the build that its entry reaches. The manifest must name exactly the
 * packages that these files load: what is missing breaks a host, what is too much is installed for nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import typescript from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ARTIFACTS = 'artifacts';
const STAGES = join(ARTIFACTS, 'stages');

/** Made of the build's files; `entry` is the compiled index. */
const FROM_BUILD = [
  { folder: 'packages/commercial', entry: 'dist/src/index.js' },
  { folder: 'packages/sandbox', entry: 'dist/src/sandbox/index.js' },
];

/** Workspaces that build themselves, by `npm run build` of their own. */
const WORKSPACES = ['packages/client'];

const ASSET = /new URL\(\s*['"](\.{1,2}\/[^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g;

process.chdir(ROOT);
const own = readJson('package.json');
rmSync(ARTIFACTS, { recursive: true, force: true });
for (const { folder, entry } of FROM_BUILD) stage(folder, entry);
for (const folder of WORKSPACES.filter((path) => existsSync(path))) packWorkspace(folder);
rmSync(STAGES, { recursive: true, force: true });
for (const file of readdirSync(ARTIFACTS)) console.log(join(ARTIFACTS, file));

function stage(folder, entry) {
  const manifest = readJson(join(folder, 'package.json'));
  const reached = reach(entry);
  const faults = faultsOf(manifest, reached);
  if (faults.length > 0) throw new Error(`${folder}/package.json:\n${faults.join('\n')}`);
  const target = join(STAGES, folder);
  for (const path of reached.files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    cpSync(path, join(target, path));
  }
  for (const name of readdirSync(folder)) cpSync(join(folder, name), join(target, name), { recursive: true });
  cpSync('LICENSE', join(target, 'LICENSE'));
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

/**
 * What an entry loads, at once or later, and the declarations of all that.
 *
 * @returns `files`, relative to the repository; `loaded`, the packages that code loads; `typed`, those that
 *   declarations name
 */
function reach(entry) {
  const files = new Set();
  const loaded = new Set();
  const typed = new Set();
  const waiting = [entry, entry.replace(/\.js$/, '.d.ts')];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (files.has(path)) continue;
    files.add(path);
    const isDeclaration = path.endsWith('.d.ts');
    if (!isDeclaration && !path.endsWith('.js')) continue;
    const code = readFileSync(path, 'utf8');
    for (const { fileName: specifier } of typescript.preProcessFile(code, true, true).importedFiles) {
      if (!specifier.startsWith('.')) {
        const name = packageOf(specifier);
        if (name) (isDeclaration ? typed : loaded).add(name);
        continue;
      }
      const target = normalize(join(dirname(path), specifier));
      if (!isDeclaration) waiting.push(target);
      waiting.push(target.replace(/\.js$/, '.d.ts'));
    }
    if (isDeclaration) continue;
    for (const [, asset] of code.matchAll(ASSET)) waiting.push(normalize(join(dirname(path), asset)));
  }
  const missing = [...files].filter((path) => !existsSync(path));
  if (missing.length > 0) throw new Error(`the build has no ${missing.join(', ')}`);
  return { files: [...files].toSorted(), loaded, typed };
}

function packageOf(specifier) {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
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
