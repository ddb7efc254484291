export interface RetryOptions {
  /** How often a request is sent at most, the first time included. Default 5; 1 for no retry. */
  attempts?: number;
  /** The first wait is up to so many milliseconds, each further one up to twice the one before. Default 200. */
  baseMs?: number;
  /** No wait is longer, unless the service asks for it by Retry-After. Default 5,000. */
  maxMs?: number;
  /** How long one attempt may take, its body included. Default 10,000. */
  attemptTimeoutMs?: number;
  /** How long a call may take with all attempts and waits. A wait that would pass it isn't begun. Default 30,000. */
  deadlineMs?: number;
}

export const RETRY_DEFAULTS: Required<RetryOptions> = {
  attempts: 5,
  baseMs: 200,
  maxMs: 5_000,
  attemptTimeoutMs: 10_000,
  deadlineMs: 30_000,
};

/** @returns how long to wait, with jitter, so that callers who failed together don't come back together. */
export function waitMs(
  attempt: number,
  retryAfterSeconds: number | null,
  { baseMs, maxMs }: Required<RetryOptions>,
): number {
  if (retryAfterSeconds !== null) return retryAfterSeconds * 1000 + Math.random() * baseMs;
  return Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}

/** Seconds, or a date. @returns null where it is neither. */
export function parseRetryAfter(header: string | null): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** @throws the signal's reason where it is aborted meanwhile */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
