import { Injectable } from '@nestjs/common';
import { Problem } from '../../problems/problem.js';
import type { Sentence } from '../../problems/sentence.js';
import { KnownCustomers, type KnownCustomer } from '../credentials/customers/known-customers.js';
import { KnownServiceKeys } from '../credentials/service-keys/known-service-keys.js';
import { isServiceKey } from '../credentials/service-keys/service-key-format.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import type { Scope } from '../identity/caller/scopes.js';
import type { ServiceCaller, ServiceScope } from '../identity/caller/service-scopes.js';
import { ACCOUNTS_BY_USERS_ONLY, lackingServiceScope, NOT_BY_SERVICE_KEY } from './refusals.js';

export type Headers = Record<string, string | string[] | undefined>;

/** What a user's key could do, where a service key acts for a customer. */
const AS_SCOPES: Record<ServiceScope, readonly Scope[]> = {
  customers: [],
  portal: [],
  quota: ['quota:read', 'quota:consume'],
  billing: ['billing:read', 'billing:write'],
};

/** Lets other applications in by their service keys, in their own name or in a customer's. */
@Injectable()
export class ServiceAccess {
  constructor(
    private readonly keys: KnownServiceKeys,
    private readonly customers: KnownCustomers,
  ) {}

  /** The access token decides where both are sent. */
  static isMeantBy(headers: Headers): boolean {
    return (
      isServiceKey(headers['x-api-key']) && !/^bearer(\s|$)/i.test(headers['authorization']?.toString() ?? '')
    );
  }

  /**
   * @param scope what the route asks for; null where no service key may
   * @throws Problem UNAUTHENTICATED, FORBIDDEN
   */
  callerOf(headers: Headers, scope: ServiceScope | null): ServiceCaller | Promise<ServiceCaller> {
    const caller = this.keys.callerOf(String(headers['x-api-key']));
    return caller instanceof Promise ? caller.then((one) => admitted(one, scope)) : admitted(caller, scope);
  }

  /**
   * The customer in whose name an admitted caller acts.
   * @throws Problem CUSTOMER_REQUIRED; NOT_FOUND, whoever else there may be; FORBIDDEN with X-Account-Id
   */
  customerOf(headers: Headers, caller: ServiceCaller): AuthenticatedUser | Promise<AuthenticatedUser> {
    if (headers['x-account-id'] !== undefined) throw forbidden(ACCOUNTS_BY_USERS_ONLY);
    const externalId = headers['x-customer-id'];
    if (externalId === undefined || externalId === '') throw new Problem('CUSTOMER_REQUIRED');
    const found = this.customers.find(externalId);
    return found instanceof Promise
      ? found.then((customer) => inNameOf(customer, caller))
      : inNameOf(found, caller);
  }
}

function admitted(caller: ServiceCaller | null, scope: ServiceScope | null): ServiceCaller {
  if (!caller) throw new Problem('UNAUTHENTICATED');
  if (scope === null) throw forbidden(NOT_BY_SERVICE_KEY);
  if (!caller.scopes.includes(scope)) throw forbidden(lackingServiceScope(scope));
  return caller;
}

function inNameOf(
  customer: KnownCustomer | null,
  { serviceKeyId, scopes }: ServiceCaller,
): AuthenticatedUser {
  if (!customer) throw new Problem('NOT_FOUND', { params: { what: 'customer' } });
  return {
    id: customer.id,
    accountId: customer.accountId,
    accountRole: null,
    role: 'user',
    via: 'serviceKey',
    sessionId: null,
    apiKeyId: null,
    scopes: scopes.flatMap((scope) => AS_SCOPES[scope]),
    serviceKeyId,
  };
}

function forbidden(reason: Sentence): Problem {
  return new Problem('FORBIDDEN', { params: { reason } });
}
