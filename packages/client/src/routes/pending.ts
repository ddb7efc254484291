/**
 * REMOVE when openapi.json has these routes: they are agreed on, and `generated/api.ts` doesn't know them yet. Where one
 * stands in both, that file counts.
 */
import type { paths } from '../generated/api.js';

type AnswerOf<Path extends '/quota' | '/subscriptions/current'> =
  paths[Path]['get']['responses'][200]['content']['application/json'];
type Quota = AnswerOf<'/quota'>['items'][number];
type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
interface Operation<Parameters, Body, Responses> {
  parameters: Parameters;
  requestBody?: [Body] extends [never] ? never : { content: { 'application/json': Body } };
  responses: Responses;
}

interface CustomerFields {
  email?: string | null;
  displayName?: string | null;
  locale?: 'zh-CN' | 'en';
  /** The host's own; at most 4 KiB. */
  metadata?: Record<string, unknown> | null;
}

interface Customer {
  externalId: string;
  accountId: string;
  email: string | null;
  displayName: string | null;
  locale: string;
  metadata: Record<string, unknown> | null;
  createdAt: string;
}

interface Entitlement {
  feature: string;
  type: 'boolean' | 'static' | 'metered';
  granted: boolean;
  /** Of a static one; null for the others. */
  value: unknown;
  /** Of a metered one; null for the others. */
  quota: Quota | null;
}

interface CustomerDetails extends Customer {
  subscription: AnswerOf<'/subscriptions/current'> | null;
  quotas: Quota[];
  entitlements: Entitlement[];
}

type CustomerPath = { path: { externalId: string } };

export interface PendingPaths {
  '/customers': {
    get: Operation<
      { query?: { email?: string; limit?: number; cursor?: string } },
      never,
      { 200: Json<{ items: Customer[]; nextCursor: string | null }> }
    >;
  };
  '/customers/{externalId}': {
    get: Operation<CustomerPath, never, { 200: Json<CustomerDetails> }>;
    put: Operation<CustomerPath, CustomerFields, { 200: Json<Customer>; 201: Json<Customer> }>;
    delete: Operation<CustomerPath, never, { 204: { content?: never } }>;
  };
  '/portal-sessions': {
    post: Operation<
      { query?: never },
      { customer?: string; flow?: string; returnUrl?: string },
      { 201: Json<{ url: string; expiresAt: string }> }
    >;
  };
  '/usage/{usageId}/release': {
    post: Operation<
      { path: { usageId: string } },
      never,
      { 200: Json<{ usageId: string; quota: Quota | null }> }
    >;
  };
  '/entitlements': { get: Operation<{ query?: never }, never, { 200: Json<{ items: Entitlement[] }> }> };
  '/entitlements/{feature}': {
    get: Operation<{ path: { feature: string } }, never, { 200: Json<Entitlement> }>;
  };
}
