/**
 * Writes src/generated/ from the service's openapi.json and its types of events; `--check` fails where they differ.
 *
 * Answers of 400 and more are left out: every one is a problem document, and its codes stand in `ProblemAnswer`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const ROOT = new URL('../../../', import.meta.url);
const TARGET = new URL('../src/generated/', import.meta.url);

const document = JSON.parse(await readFile(new URL('openapi.json', ROOT), 'utf8'));
const keyedRoutes = routes()
  .filter(([, { parameters = [] }]) => parameters.some(isIdempotencyKey))
  .map(([route]) => route);
// Without them the client would send no key at all, and repeat nothing that moves money.
if (keyedRoutes.length === 0) throw new Error('openapi.json has no route with an Idempotency-Key');
for (const [, { responses }] of routes()) {
  for (const [status, response] of Object.entries(responses)) {
    if (status >= '400') delete responses[status];
    else delete response.headers;
  }
}

const FILES = {
  'api.ts': await apiTypes(),
  'keyed-routes.ts': `${headerOf('openapi.json')}/** Routes that take an Idempotency-Key. */
export const KEYED_ROUTES: readonly string[] = [
${keyedRoutes.map((route) => `  '${route}',\n`).join('')}];
`,
  'problems.ts': `${headerOf('src/problems/catalogue.ts')}/** Every error code, with its status and its words. */
export const PROBLEMS = ${JSON.stringify(await problems(), null, 2)} as const;
`,
  'events.ts': headerOf('src/events/types/event-types.ts') + (await eventTypes()),
};

for (const [name, content] of Object.entries(FILES)) {
  const file = new URL(name, TARGET);
  if (!process.argv.includes('--check')) await writeFile(file, content);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== content) {
    console.error(`packages/client/src/generated/${name} is out of date: run \`npm run client:types\``);
    process.exitCode = 1;
  }
}

function headerOf(source) {
  return `// Made from ${source} by \`npm run client:types\`: change it there, not here.\n\n`;
}

function routes() {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
  );
}

function isIdempotencyKey(parameter) {
  const name = parameter.$ref?.split('/').at(-1);
  return (name ? document.components.parameters[name] : parameter).name === 'Idempotency-Key';
}

async function problems() {
  const { CATALOGUE } = await import(new URL('src/problems/catalogue.ts', ROOT));
  const entries = Object.entries(CATALOGUE).map(([code, { status, title, detail }]) => [
    code,
    { status, title, detail },
  ]);
  return Object.fromEntries(entries);
}

async function apiTypes() {
  const options = { defaultNonNullable: false, alphabetize: true };
  const types = astToString(await openapiTS(withoutExamples(document), options));
  const narrow = types.replaceAll(/^ +/gm, (spaces) => spaces.slice(spaces.length / 2));
  return headerOf('openapi.json') + narrow;
}

async function eventTypes() {
  const types = await readFile(new URL('src/events/types/event-types.ts', ROOT), 'utf8');
  if (/^import /m.test(types))
    throw new Error('src/events/types/event-types.ts must stand alone: it is copied');
  return types;
}

/** Request and answer, as the documents' readers see them, are no business of a compiler. */
function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name, member]) => !isExample(name, member));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutExamples(member)]));
}

/** A property may have that name: then it is a schema, with a type of its own. */
function isExample(name, value) {
  return (
    (name === 'example' || name === 'examples') && !(value && typeof value === 'object' && 'type' in value)
  );
}
