/** How debits are grouped. Every member has a default that was measured (docs/operate/performance.md); few hosts need another. */
export interface QuotaEngineOptions {
  /** How many batches this process has under way at once, each on a connection of the pool. Default 2. */
  lanes?: number;
  /** How many callers one commit carries at most. Default 128. */
  maxBatch?: number;
  /** How many callers may wait before further ones are answered 503 OVERLOADED with Retry-After. Default 5,000. */
  maxWaiting?: number;
  /**
   * How long, in milliseconds, callers wait for a database that went away, to learn what became of their debit.
   * Default 10,000.
   */
  patienceMs?: number;
}

export const ENGINE_DEFAULTS: Required<QuotaEngineOptions> = {
  lanes: 2,
  maxBatch: 128,
  maxWaiting: 5_000,
  patienceMs: 10_000,
};
