/** Why a host's start is refused: a line for each mistake in how it uses the package, with what mends it. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
