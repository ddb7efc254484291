import type { Scope } from '../identity/caller/scopes.js';
import type { ServiceScope } from '../identity/caller/service-scopes.js';

export const ACCESS_RULE = Symbol('ACCESS_RULE');

/** What `@Access()` writes over a handler. */
export interface AccessRule {
  /** `service`: another application by its service key, and nobody else. */
  who: 'public' | 'user' | 'admin' | 'service';
  /** Whether an API key will do, or it has to be an access token. */
  apiKey: boolean;
  /** Whether the caller must be a user of this package's own, with a password, and not one of the host's sign-in. */
  ownUser: boolean;
  /** An API key needs all of these. */
  scopes: readonly Scope[];
  /** What a service key needs; null where none may. But for `service`, it acts for the customer that it names. */
  service: ServiceScope | null;
}
