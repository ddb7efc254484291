import { existsSync } from 'node:fs';
import { start } from './app/start.js';
import { welcome } from './app/welcome.js';
import { ConfigurationError } from './config/configuration-error.js';
import { readConfiguration } from './config/configuration.js';
import { EmbeddedPostgresError } from './embedded/embedded-postgres-error.js';

const ENV_FILE = '.env';

async function main(): Promise<void> {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE);
  const configuration = readConfiguration(process.env);
  const starting = start(configuration);
  stopOnSignal(starting);
  const app = await starting;
  if (!configuration.production) process.stdout.write(welcome(app, configuration));
}

/** A terminal's Ctrl-C reaches this process twice, directly and through npm: what follows so closely is the same wish. */
const SAME_WISH_MS = 1_000;

/** The first signal lets requests in flight end; a later one doesn't wait. */
function stopOnSignal(starting: ReturnType<typeof start>): void {
  let first: number | null = null;
  const stop = () => {
    if (first !== null && Date.now() - first > SAME_WISH_MS) process.exit(1);
    if (first !== null) return;
    first = Date.now();
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationError) for (const fault of error.faults) console.error(fault);
  else console.error(error instanceof EmbeddedPostgresError ? error.message : error);
  process.exit(1);
});
