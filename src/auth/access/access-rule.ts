import type { Scope } from '../identity/caller/scopes.js';

export const ACCESS_RULE = Symbol('ACCESS_RULE');

/** What `@Access()` writes over a handler. */
export interface AccessRule {
  who: 'public' | 'user' | 'admin';
  /** Whether an API key will do, or it has to be an access token. */
  apiKey: boolean;
  /** An API key needs all of these. */
  scopes: readonly Scope[];
}
