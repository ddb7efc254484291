import { readFile, writeFile } from 'node:fs/promises';
import { createDataSource } from '../commercial/data-source.js';
import { createSandboxCredentials } from '../sandbox/options/sandbox-credentials.js';
import { ShiftedClock } from '../time/shifted-clock.js';
import { createApp } from './create-app.js';
import { createOpenApiDocument } from './openapi.js';

/** The document of the app with everything on, made without a database: its modules are wired but never started. */
async function render(): Promise<string> {
  const dataSource = createDataSource({ url: 'postgresql://127.0.0.1/unused' });
  const clock = new ShiftedClock();
  const { gateway } = createSandboxCredentials();
  const publicUrl = 'http://127.0.0.1:3000';
  const app = await createApp({
    commercial: { dataSource, clock, jwt: { secret: 'x'.repeat(32) }, publicUrl },
    dataSource,
    sandbox: { publicUrl: () => publicUrl, credentials: gateway, journalPath: null, clock },
    movableClock: clock,
    logLevel: 'error',
    trustProxy: null,
  });
  return `${JSON.stringify(createOpenApiDocument(app), null, 2)}\n`;
}

/** Writes the document to a file or, to check it, makes the process's exit code 1 where the file differs. */
export async function writeOpenApi(file: string, { check = false }: { check?: boolean }): Promise<void> {
  const document = await render();
  if (!check) return writeFile(file, document);
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed === document) return;
  console.error(`${file} is not what the code says: run \`npm run openapi\` and commit it`);
  process.exitCode = 1;
}
