/** What an API key can be allowed to do. A closed list: adding to it widens no key that is there. */
export const SCOPES = [
  'quota:read',
  'quota:consume',
  'billing:read',
  'billing:write',
  'profile:read',
  'profile:write',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];
