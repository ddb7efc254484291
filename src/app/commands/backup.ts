import { resolve } from 'node:path';
import { backUpCluster } from '../../embedded/backup.js';
import { connectToEmbeddedPostgres } from '../../embedded/embedded-postgres.js';
import { command } from '../../terminal/command.js';
import { carryOut } from './carry-out.js';
import { copySecret, embeddedDataFolder } from './embedded-data.js';

const SUMMARY = `Copies the embedded database under DATA_DIR (.data) into a folder, while the service works.
See docs/operate/operations.md.`;

async function backUp({ to: folder }: { to: string }): Promise<void> {
  const [to, dataDir] = [resolve(folder), embeddedDataFolder()];
  const cluster = resolve(dataDir, 'postgres');
  const postgres = await connectToEmbeddedPostgres({ dataDir: cluster });
  await backUpCluster(cluster, postgres.url, to).finally(() => postgres.stop());
  await copySecret(dataDir, to);
  process.stdout.write(
    `Backed up to ${to}. Whoever has that folder has all of the data: keep it as you keep ${dataDir}.\n`,
  );
}

void carryOut(
  command('npm run backup --', SUMMARY)
    .requiredOption('--to <folder>', 'a new folder, made by this command')
    .action(backUp),
);
