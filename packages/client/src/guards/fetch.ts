import type { ServerClient } from '../server-client.js';
import { admit } from './admit.js';
import type { RequireQuotaOptions } from './options.js';

/**
 * Runs a handler that answers with a Response behind quota.
 *
 * @param subject what the options' functions see
 * @param carrier where `currentDebit` finds the debit
 */
export async function behindQuota<Subject>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Subject>,
  subject: Subject,
  carrier: object,
  run: () => Response | Promise<Response>,
): Promise<Response> {
  const { debit, refusal } = await admit(client, resourceType, options, subject, carrier);
  if (refusal) return new Response(refusal.body, { status: refusal.status, headers: refusal.headers });
  if (!debit) return run();
  let response: Response;
  try {
    response = await run();
  } catch (error) {
    await debit.settle(isRedirect(error) ? 307 : 500);
    throw error;
  }
  await debit.settle(response.status);
  return withHeaders(response, debit.headers(response.status));
}

/** Those of a fetched or redirecting response can't be written to. */
function withHeaders(response: Response, values: Record<string, string>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(values)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Next's `redirect()` throws, and is no failure. */
function isRedirect(error: unknown): boolean {
  return String((error as { digest?: unknown } | null)?.digest).startsWith('NEXT_REDIRECT');
}
