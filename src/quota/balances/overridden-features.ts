import type { EntityManager } from 'typeorm';
import type { FeatureValue } from './entitlement-override.entity.js';

export type Features = Readonly<Record<string, unknown>>;

/** What administrators say of an account's features, by feature; it stands before what the plan says. */
export async function overridesOf(
  manager: EntityManager,
  accountId: string,
  now: Date,
): Promise<Readonly<Record<string, FeatureValue>>> {
  const rows: { feature: string; value: FeatureValue }[] = await manager.query(
    `SELECT feature, value FROM commercial.entitlement_overrides
     WHERE account_id = $1 AND ended_at IS NULL AND ends_at > $2`,
    [accountId, now],
  );
  return Object.fromEntries(rows.map(({ feature, value }) => [feature, value]));
}
