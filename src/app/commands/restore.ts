import { resolve } from 'node:path';
import { restoreCluster } from '../../embedded/restore.js';
import { command } from '../../terminal/command.js';
import { carryOut } from './carry-out.js';
import { copySecret, embeddedDataFolder } from './embedded-data.js';

const SUMMARY = `Puts a backup in the place of the embedded database under DATA_DIR (.data). Stop the service first. What was
there is kept beside it. See docs/operate/operations.md.`;

async function restore({ from: folder }: { from: string }): Promise<void> {
  const [from, dataDir] = [resolve(folder), embeddedDataFolder()];
  const beside = resolve(dataDir, `postgres.before-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  const replaced = await restoreCluster(from, resolve(dataDir, 'postgres'), beside);
  await copySecret(from, dataDir);
  process.stdout.write(`Restored from ${from}.${replaced ? ` What was there is in ${beside}.` : ''}\n`);
}

void carryOut(
  command('npm run restore --', SUMMARY)
    .requiredOption('--from <folder>', 'what `npm run backup` made')
    .action(restore),
);
