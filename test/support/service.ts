import { SERVICE_SCOPES, type ServiceScope } from '../../src/auth/identity/caller/service-scopes.js';
import { administrator, type CommercialApp, type Person } from './app.js';
import type { Answer, Call } from './http-client.js';

/** Another application's backend, with a service key. */
export interface Service {
  key: string;
  keyId: string;
  /** In its own name. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** In the name of its customer. */
  as(externalId: string): (method: string, path: string, body?: unknown, headers?: object) => Promise<Answer>;
}

/** @param scopes default: all */
export async function startService(
  app: CommercialApp,
  scopes: readonly ServiceScope[] = SERVICE_SCOPES,
  admin?: Person,
): Promise<Service> {
  const maker = admin ?? (await administrator(app));
  const { status, body } = await maker.call('POST', '/admin/service-keys', {
    body: { name: 'backend', scopes },
  });
  if (status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  return serviceOf(app, body.key, body.id);
}

export function serviceOf(app: CommercialApp, key: string, keyId: string): Service {
  return {
    key,
    keyId,
    call: (method, path, call) => app.call(method, path, { ...call, apiKey: key }),
    as:
      (externalId) =>
      (method, path, body, headers = {}) =>
        app.call(method, path, { apiKey: key, body, headers: { 'x-customer-id': externalId, ...headers } }),
  };
}

let customers = 0;

/** A customer of its own. @returns the external id. */
export async function makeCustomer(service: Service, body: object = {}): Promise<string> {
  const externalId = `customer-${(customers += 1)}`;
  const answer = await service.call('PUT', `/customers/${externalId}`, { body });
  if (answer.status !== 201) throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return externalId;
}
