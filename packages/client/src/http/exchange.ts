import type { ErrorFacts, FieldError } from '../errors.js';
import { parseRetryAfter } from './retry-policy.js';

/** How the body of an answer is read. */
export type Reading = 'json' | 'text' | 'bytes';

export interface Exchange {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  reading: Reading;
  credentials: RequestCredentials | undefined;
}

export type Outcome = { ok: true; value: unknown } | { ok: false; facts: ErrorFacts };

/** Of these another attempt may come out differently. */
const PASSING = new Set([408, 429, 502, 503, 504]);

/**
 * Sends a request once.
 *
 * @param signal the caller's own. @throws its reason, and nothing else.
 */
export async function exchange(
  send: typeof fetch,
  { url, method, headers, body, reading, credentials }: Exchange,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  signal?.throwIfAborted();
  // `AbortSignal.any` is younger than the platforms that are served.
  const stop = new AbortController();
  const forward = () => stop.abort(signal!.reason);
  signal?.addEventListener('abort', forward, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, timeoutMs);
  try {
    const init: RequestInit = { method, headers, redirect: 'manual', signal: stop.signal };
    if (body !== undefined) init.body = body;
    if (credentials) init.credentials = credentials;
    const response = await send(url, init);
    return await read(response, reading);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const facts: ErrorFacts = isLate
      ? { code: 'TIMED_OUT', status: 0, detail: `no answer within ${timeoutMs} ms`, cause }
      : { code: 'NETWORK_FAILED', status: 0, detail: reasonOf(cause), cause };
    return { ok: false, facts };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

/** Whether no answer came; the request may have been carried out. */
export function isFault({ code }: ErrorFacts): boolean {
  return code === 'NETWORK_FAILED' || code === 'TIMED_OUT';
}

export function isPassing(facts: ErrorFacts): boolean {
  return isFault(facts) || PASSING.has(facts.status);
}

async function read(response: Response, reading: Reading): Promise<Outcome> {
  const { status, headers } = response;
  if (!response.ok) return { ok: false, facts: refusal(response, await response.text()) };
  if (status === 204) return { ok: true, value: undefined };
  if (reading === 'bytes') return { ok: true, value: await response.arrayBuffer() };
  const text = await response.text();
  if (reading === 'text') return { ok: true, value: text };
  const value = objectOf(text);
  if (value) return { ok: true, value };
  const detail = `the answer is ${headers.get('content-type') ?? 'nothing'} and not JSON: is baseUrl the service's?`;
  return { ok: false, facts: { code: 'UNEXPECTED_ANSWER', status, detail } };
}

function refusal(response: Response, text: string): ErrorFacts {
  const { status, headers } = response;
  const shared = {
    status,
    requestId: headers.get('x-request-id'),
    retryAfterSeconds: parseRetryAfter(headers.get('retry-after')),
  };
  const problem = objectOf(text);
  if (problem && typeof problem['code'] === 'string') {
    const { code, title, detail, errors } = problem as Record<string, unknown> & { code: string };
    const facts: ErrorFacts = { ...shared, code, problem };
    if (typeof title === 'string') facts.title = title;
    if (typeof detail === 'string') facts.detail = detail;
    if (Array.isArray(errors)) facts.errors = errors as FieldError[];
    return facts;
  }
  // A proxy's own page, a redirect (0 in browsers), another server: nothing that the service says.
  const detail = `answered ${status || 'by a redirect'}, which is no problem document`;
  return { ...shared, code: 'UNEXPECTED_ANSWER', detail };
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
