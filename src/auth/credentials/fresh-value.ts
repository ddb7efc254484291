/** No answer is older than this: what one process changed is known to all others so much later at most. */
const STALE_AFTER_MS = 500;
/** From this age on, it is read again behind the callers' backs: under load none of them waits for it. */
const RENEW_AFTER_MS = 250;

/** Something small in the database that is asked for at every request. Nothing is read while nobody asks. */
export class FreshValue<T> {
  private value: T | undefined;
  private readAt = -Infinity;
  private reading: Promise<T> | null = null;

  constructor(private readonly load: () => Promise<T>) {}

  /**
   * @returns at once, where what is known is fresh enough.
   * @throws where it is too old and the database doesn't answer: then nobody can say who may come in.
   */
  get(): T | Promise<T> {
    const age = performance.now() - this.readAt;
    if (age > STALE_AFTER_MS) return this.read();
    if (age > RENEW_AFTER_MS) this.read().catch(() => undefined);
    return this.value as T;
  }

  /** As it is now, or after now: for who misses what may have been made a moment ago. */
  async latest(): Promise<T> {
    // What is being read may have been asked for before.
    await this.reading?.catch(() => undefined);
    return this.read();
  }

  private read(): Promise<T> {
    this.reading ??= this.renew().finally(() => (this.reading = null));
    return this.reading;
  }

  private async renew(): Promise<T> {
    const startedAt = performance.now();
    this.value = await this.load();
    this.readAt = startedAt;
    return this.value;
  }
}
