import { CommercialError, NotFoundError, UnavailableError } from '../errors.js';
import type { ServerClient } from '../server-client.js';
import { GuardDebit, openDebit } from './debit.js';
import { GUARD_RETRY, type Identity, type RequireQuotaOptions } from './options.js';

/** An answer in the place of the handler's. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Admission =
  { debit: GuardDebit; refusal: null } | { debit: null; refusal: Refusal } | { debit: null; refusal: null };

const ofRequests = new WeakMap<object, GuardDebit>();

/**
 * The debit of a request behind a guard, to commit a hold at its true cost, or to read what is left. Undefined where
 * there is none, as in an outage that was let pass.
 *
 * @param request the framework's own; of Hono `c.req.raw`
 */
export function currentDebit(request: object): GuardDebit | undefined {
  return ofRequests.get(request);
}

/**
 * Whether a request may pass, and at what cost.
 *
 * @param carrier where {@link currentDebit} finds it
 * @throws what the host should know: `identify` that throws, a key that isn't valid, a cost that isn't one
 */
export async function admit<Request>(
  client: ServerClient,
  resourceType: string,
  options: RequireQuotaOptions<Request>,
  request: Request,
  carrier: object,
): Promise<Admission> {
  const identity = await options.identify(request);
  if (identity === null) return refuse(NOBODY, { 'www-authenticate': 'Bearer' });
  const person = typeof identity === 'string' ? { externalId: identity } : identity;
  const account = client.forCustomer(person.externalId);
  try {
    const debit = await openForKnown(client, person, () =>
      openDebit(account, resourceType, options, request),
    );
    ofRequests.set(carrier, debit);
    return { debit, refusal: null };
  } catch (error) {
    if (error instanceof UnavailableError) return unavailable(error, options, request);
    if (error instanceof CommercialError && [402, 429].includes(error.status)) return passOn(error);
    throw error;
  }
}

/** A host's new user is made at the first touch. */
async function openForKnown(
  client: ServerClient,
  { externalId, ...facts }: Identity,
  open: () => Promise<GuardDebit>,
): Promise<GuardDebit> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    await client.customers.put(externalId, facts, { retry: GUARD_RETRY });
    return open();
  }
}

function unavailable<Request>(
  error: UnavailableError,
  { onUnavailable = 'refuse', onError }: RequireQuotaOptions<Request>,
  request: Request,
): Admission {
  onError?.(error, request);
  if (onUnavailable === 'allow') return { debit: null, refusal: null };
  return refuse(OUTAGE, { 'retry-after': String(Math.ceil(error.retryAfterSeconds ?? 1) || 1) });
}

function passOn(error: CommercialError): Admission {
  const { problem, status, code, title, detail, retryAfterSeconds } = error;
  const headers: Record<string, string> = {};
  if (retryAfterSeconds !== null) headers['retry-after'] = String(Math.ceil(retryAfterSeconds));
  return refuse({ ...(problem ?? { type: 'about:blank', title, detail, code }), status }, headers);
}

function refuse(problem: { status: number }, headers: Record<string, string>): Admission {
  const shared = { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' };
  const { status } = problem;
  return {
    debit: null,
    refusal: { status, headers: { ...shared, ...headers }, body: JSON.stringify(problem) },
  };
}

const NOBODY = {
  type: 'about:blank',
  title: 'Not signed in',
  status: 401,
  detail: 'Sign in first.',
  code: 'UNAUTHENTICATED',
};

const OUTAGE = {
  type: 'about:blank',
  title: 'Temporarily unavailable',
  status: 503,
  detail: 'Quota can not be checked at the moment. Try again shortly.',
  code: 'SERVICE_UNAVAILABLE',
};
