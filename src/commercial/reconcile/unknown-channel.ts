/** A channel that there is not, or that has no bills. */
export class UnknownChannel extends Error {
  override readonly name = 'UnknownChannel';

  constructor(provider: string, known: readonly string[]) {
    super(`--provider ${provider} is not one of: ${known.join(', ') || 'none'}`);
  }
}
