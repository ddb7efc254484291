import { command } from '../../terminal/command.js';
import { carryOut } from './carry-out.js';

const FILE = 'openapi.json';

void carryOut(
  command('npm run openapi --', `Writes ${FILE} from the code.`)
    .option('--check', 'write nothing; end with 1 where the file differs')
    .action(async (wanted: { check?: boolean }) => {
      // Loaded here, since it takes seconds.
      const { writeOpenApi } = await import('../write-openapi.js');
      await writeOpenApi(FILE, wanted);
    }),
);
