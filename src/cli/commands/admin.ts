import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { databaseUrl, withDatabase } from '../database.js';
import { outputOf } from '../output.js';

const SUMMARY = `Makes the first administrator, who signs in with POST /auth/login and can make others.

The password comes from ADMIN_PASSWORD, or with --password-stdin from standard input; it is never an option, since
others on the machine could read that. Where there is an administrator already, nothing is changed.`;

interface Wanted {
  email: string;
  passwordStdin?: boolean;
}

export function addAdmin(program: Command): void {
  program
    .command('admin')
    .summary('make the first administrator')
    .description('Administrators of the service.')
    .command('create')
    .summary('make the first administrator')
    .description(SUMMARY)
    .requiredOption('--email <address>', 'the address to sign in with')
    .option('--password-stdin', 'read the password from standard input')
    .action(async ({ email, passwordStdin = false }: Wanted, command: Command) => {
      const password = passwordStdin
        ? (await text(process.stdin)).replace(/\r?\n$/, '')
        : process.env['ADMIN_PASSWORD'];
      if (!password)
        throw new CliError(['No password: set ADMIN_PASSWORD, or pass it with --password-stdin.']);
      const { makeAdministrator } = await import('../make-administrator.js');
      const made = await withDatabase(databaseUrl(), (dataSource) =>
        makeAdministrator(dataSource, { email, password }),
      );
      outputOf(command).print({ email, made }, [
        made
          ? `${email} is the administrator now.`
          : 'There is an administrator already, who can make others (PUT /admin/users/{id}/role). Nothing was changed.',
      ]);
    });
}
