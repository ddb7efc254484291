/**
 * Bundles a package's entry: its code, its declarations, and the libraries that come inside the package. The input is
 * what the compiler wrote, so decorators keep their metadata. Names and line breaks stay, and a source map beside each
 * file leads to the line in src/, so a host's stack traces are readable with and without `--enable-source-maps`.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
// Comes with tsdown, which builds packages/client. As a dependency of its own it makes `npm ci` look for its builds for
// other platforms, which not every registry has.
import { dts } from 'rolldown-plugin-dts';

/** A file that code reads beside itself. */
const ASSET = /new URL\(\s*['"]\.\/([^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g;
/** A library that is loaded by `createRequire`, so that it loads at first use. */
const REQUIRED = /\brequire\(['"]([^'"]+)['"]\)/g;
/** The compiler writes its helpers at the top of each file; the bundle takes each of them once, from tslib. */
const HELPER = /^var (__\w+) = \(this && this\.__\w+\) \|\| function[\s\S]*?^};$/gm;
/** Licences whose only condition is that their text comes along. */
const LICENCES = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  '(MIT AND Zlib)',
]);

const MIT = 'Permission is hereby granted, free of charge';

/**
 * @param entries paths of compiled files by their names in `target`; `index` is the one whose declarations are published
 * @param target folder to write to
 * @param inside the libraries that become part of the bundle, with everything that they import
 * @returns the packages that stay outside: `loaded` by code, immediately or later, and `typed` by declarations
 */
export async function bundle(entries, target, inside) {
  const required = new Set();
  const isOutside = (id, importer = '') =>
    isPackage(id) && !isLibrary(importer) && id !== 'tslib' && !inside.includes(packageOf(id));
  const code = await write(target, {
    input: absolute(entries),
    platform: 'node',
    external: isOutside,
    plugins: [compiledCode(required)],
    output: {
      sourcemap: true,
      sourcemapExcludeSources: true,
      sourcemapPathTransform: (path) => path.replace(/^(\.\.\/)+/, '../'),
      keepNames: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      comments: { jsdoc: false, legal: false },
    },
  });
  const types = await write(target, {
    input: absolute({ index: entries.index.replace(/\.js$/, '.d.ts') }),
    external: isPackage,
    plugins: [dts({ dtsOnly: true, tsconfig: false })],
    output: {},
  });
  for (const chunk of code.filter(({ moduleIds }) => moduleIds.every(isLibrary))) dropMap(target, chunk);
  writeLicences(target, code, inside);
  return { loaded: new Set([...packagesOf(code), ...required]), typed: new Set(packagesOf(types)) };
}

/**
 * Bundles what `bin` names: code only, without the files that it reads beside itself.
 *
 * @param without libraries that no command comes to load
 */
export async function bundleProgram(entries, target, { inside, without }) {
  const required = new Set();
  const isOutside = (id, importer = '') =>
    isPackage(id) && !isLibrary(importer) && id !== 'tslib' && !inside.includes(packageOf(id));
  const code = await write(target, {
    input: absolute(entries),
    platform: 'node',
    external: isOutside,
    plugins: [compiledCode(required, { assets: false })],
    output: {
      keepNames: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      comments: { jsdoc: false, legal: false },
    },
  });
  writeLicences(target, code, inside);
  const loaded = [...packagesOf(code), ...required].filter((name) => !without.includes(name));
  return { loaded: new Set(loaded) };
}

function absolute(paths) {
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, resolve(path)]));
}

async function write(target, { output, ...options }) {
  const build = await rolldown(options);
  try {
    const { output: files } = await build.write({ dir: target, format: 'esm', ...output });
    return files.filter((file) => file.type === 'chunk');
  } finally {
    await build.close();
  }
}

/** Reads what the compiler wrote: with its source map, its helpers shared, and the files that stand beside it. */
function compiledCode(required, { assets = true } = {}) {
  return {
    name: 'compiled-code',
    load(id) {
      if (isLibrary(id) || !existsSync(`${id}.map`)) return null;
      const helpers = [];
      const code = readFileSync(id, 'utf8').replaceAll(HELPER, (text, name) => {
        helpers.push(name);
        return text.replaceAll(/[^\n]/g, '');
      });
      for (const [, name] of code.matchAll(REQUIRED)) required.add(packageOf(name));
      for (const [, path] of assets ? code.matchAll(ASSET) : []) {
        // With the files beside it, among which is its licence.
        for (const name of readdirSync(join(dirname(id), dirname(path)))) {
          const fileName = join(dirname(path), name);
          this.emitFile({ type: 'asset', fileName, source: readFileSync(join(dirname(id), fileName)) });
        }
      }
      // On the first line, which the helpers leave empty, so that the source map stays right.
      const shared = helpers.length > 0 ? `import { ${helpers.join(', ')} } from 'tslib';` : '';
      return { code: shared + code, map: JSON.parse(readFileSync(`${id}.map`, 'utf8')) };
    },
  };
}

/** The map of a file that holds no code of ours helps nobody and is larger than the file. */
function dropMap(target, { fileName }) {
  const path = join(target, fileName);
  rmSync(`${path}.map`, { force: true });
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\n*\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

/** The licences' texts of the libraries inside, in one file beside the code. */
function writeLicences(target, chunks, inside) {
  const folders = new Set(
    chunks
      .flatMap(({ moduleIds }) => moduleIds)
      .flatMap((id) => id.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const packages = [...folders].map((folder) => ({ folder, ...readJson(join(folder, 'package.json')) }));
  const unused = inside.filter((name) => packages.every((found) => found.name !== name));
  if (unused.length > 0) throw new Error(`to be inside the bundle, and not used: ${unused.join(', ')}`);
  if (packages.length === 0) return;
  const texts = packages
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map(({ folder, name, version, license }) => {
      const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path));
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
      const known = license ?? (text.includes(MIT) ? 'MIT' : 'unknown');
      if (!LICENCES.has(known)) throw new Error(`${name} can't be bundled: its licence is ${known}`);
      return `${name} ${version}\n\n${text}\n`;
    });
  writeFileSync(join(target, 'THIRD-PARTY-LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function packagesOf(chunks) {
  return chunks
    .flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
    .filter((id) => isPackage(id) && !chunks.some(({ fileName }) => fileName === id))
    .map(packageOf);
}

function isLibrary(path) {
  return path.includes('node_modules');
}

function isPackage(id) {
  return /^[@\w]/.test(id) && !isBuiltin(id);
}

function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
