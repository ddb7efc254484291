/** What a service key can be allowed to do. A closed list: adding to it widens no key that is there. */
export const SERVICE_SCOPES = ['customers', 'portal', 'quota', 'billing'] as const;

export type ServiceScope = (typeof SERVICE_SCOPES)[number];

/** A backend that calls with a service key. */
export interface ServiceCaller {
  /** The first of the keys that follow one another by rotation: the same for as long as the backend is. */
  serviceKeyId: string;
  scopes: readonly ServiceScope[];
}
