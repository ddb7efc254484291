import { loadEnvironmentFile } from '../environment-file.js';
import { command } from '../../terminal/command.js';
import { carryOut } from './carry-out.js';

const SUMMARY = `Brings the schema up to date and puts the plans on sale, as a start does. Where that is done it changes nothing.

Works on DATABASE_URL, or on the embedded database under DATA_DIR (.data).`;

void carryOut(
  command('npm run seed --', SUMMARY).action(async () => {
    loadEnvironmentFile();
    // Loaded here, since it takes seconds.
    const { seed } = await import('../seed.js');
    await seed();
  }),
);
