import type { Scope } from '../../identity/caller/scopes.js';

/** What a session that a portal link opened may do: look at use and money, and buy. It makes no keys and uses no quota. */
export const PORTAL_SCOPES: readonly Scope[] = ['quota:read', 'billing:read', 'billing:write'];
