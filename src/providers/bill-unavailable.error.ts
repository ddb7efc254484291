/** The channel has no bill of that day: it isn't made yet, or nothing was sold. Trying again later is the remedy. */
export class BillUnavailableError extends Error {
  constructor(provider: string, date: string, reason: string) {
    super(`${provider} has no bill of ${date}: ${reason}`);
    this.name = 'BillUnavailableError';
  }
}
