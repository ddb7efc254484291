import { start } from './app/start.js';
import { welcome } from './app/welcome.js';
import { ConfigurationError } from './config/configuration-error.js';
import { readConfiguration } from './config/configuration.js';
import { EmbeddedPostgresError } from './database/embedded/embedded-postgres-error.js';

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const starting = start(configuration);
  stopOnSignal(starting);
  const app = await starting;
  if (!configuration.production) process.stdout.write(welcome(app, configuration));
}

/** The first signal lets requests in flight end; the second doesn't wait. */
function stopOnSignal(starting: ReturnType<typeof start>): void {
  let signals = 0;
  const stop = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
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
