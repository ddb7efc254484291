import type { OpenAPIObject } from './openapi-types.js';

/** Who calls what: groups of tags, for documentation tools that show them (`x-tagGroups`). */
const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
  Customers: [
    'sign-in',
    'users',
    'sessions',
    'api-keys',
    'organizations',
    'plans',
    'subscriptions',
    'payments',
    'quota',
    'entitlements',
  ],
  Applications: ['customers', 'portal'],
  Administrators: ['administration', 'reconciliations', 'events'],
  'Payment channels': ['webhooks'],
  Operators: ['operations'],
  Developers: ['sandbox'],
};

/** Groups the document's tags by who calls them. @throws Error where a tag belongs to no audience */
export function groupByAudience(document: OpenAPIObject): void {
  const known = new Set(Object.values(AUDIENCES).flat());
  const strays = (document.tags ?? []).map(({ name }) => name).filter((name) => !known.has(name));
  if (strays.length > 0) throw new Error(`tags without an audience: ${strays.join(', ')}`);
  const groups = Object.entries(AUDIENCES).map(([name, tags]) => ({ name, tags }));
  Object.assign(document, { 'x-tagGroups': groups });
}
