import type { OlderSecret, WebhookEndpoint } from '../records/webhook-endpoint.entity.js';

/** The columns that are read only where something is signed, or a secret takes another's place. */
export const SECRETS = ['endpoint.secret', 'endpoint.previousSecret', 'endpoint.olderSecrets'];

/** The former secrets whose overlap isn't over, the newest first. */
export function formerSecrets(
  { previousSecret, previousSecretUntil, olderSecrets }: WebhookEndpoint,
  now: Date,
): OlderSecret[] {
  const previous =
    previousSecret !== null && previousSecretUntil !== null
      ? [{ secret: previousSecret, until: previousSecretUntil.toISOString() }]
      : [];
  return [...previous, ...olderSecrets].filter(({ until }) => new Date(until) > now);
}
