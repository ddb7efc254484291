/** Why a command can't do its work: a line for each fault, with what to do. It names settings, never their values. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
