import { carryOut } from './app/commands/carry-out.js';
import { loadEnvironmentFile } from './app/environment-file.js';
import { command } from './terminal/command.js';
import { shownProgress, silentProgress } from './terminal/progress.js';
import type { RunningApp } from './app/start.js';
import { welcome } from './app/welcome.js';
import { readConfiguration } from './config/configuration.js';

const SUMMARY = `Starts the service.

Settings are environment variables, which may stand in a file named .env; .env.example explains each. None is needed:
without DATABASE_URL the service runs a PostgreSQL of its own, whose data is kept in .data/.`;

async function serve(): Promise<void> {
  loadEnvironmentFile();
  const configuration = readConfiguration(process.env);
  const progress = configuration.production ? silentProgress : shownProgress;
  // Loaded here, since it takes seconds: a fault of the configuration and --help need none of it.
  const { start } = await progress.step(
    'Loading',
    () => import('./app/start.js'),
    () => 'Program loaded',
  );
  const starting = start(configuration, progress);
  stopOnSignal(starting);
  const app = await starting;
  if (!configuration.production) process.stdout.write(welcome(app, configuration));
}

/** A terminal's Ctrl-C reaches this process twice, directly and through npm: what follows so closely is the same wish. */
const SAME_WISH_MS = 1_000;

/** The first signal lets requests in flight end; a later one doesn't wait. */
function stopOnSignal(starting: Promise<RunningApp>): void {
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

void carryOut(command('npm start --', SUMMARY).action(serve));
