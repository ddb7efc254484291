export { createServerClient, ServerClient, type ServerClientOptions } from './server-client.js';
export { createBrowserClient, BrowserClient, type BrowserClientOptions } from './browser-client.js';
export { AccountClient, createAccountClient, type AccountClientOptions } from './account-client.js';
export {
  CommercialError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  SubscriptionRequiredError,
  UnauthenticatedError,
  UnavailableError,
  ValidationError,
  type ClientCode,
  type ErrorCode,
  type ErrorFacts,
  type FieldError,
} from './errors.js';
export type * from './types.js';
export type { Route, AnswerOf, BodyOf, ItemOf, PathOf, QueryOf } from './routes/routes.js';
export { Listing, type Page } from './http/listing.js';
export type { RetryOptions } from './http/retry-policy.js';
export type { CallOptions, ConnectionOptions, RequestInput } from './http/requester.js';
export type { Hold } from './resources/quota.js';
export type { AccessToken, SessionSource } from './session/session.js';
export { memoryStore, type RefreshTokenStore } from './session/refresh-tokens.js';
export * as webhooks from './webhooks.js';
