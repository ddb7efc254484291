import type { FeatureTypes } from '../../billing/options/plan-features.js';
import type { FeatureValue } from '../balances/entitlement-override.entity.js';
import type { Features } from '../balances/overridden-features.js';
import type { QuotaState } from '../balances/quota-state.js';

/**
 * What an account may expect of one feature:
 * - `boolean`: there or not
 * - `static`: a number or a word that holds for as long as the plan does
 * - `metered`: quota, by its quota type
 */
export interface Entitlement {
  feature: string;
  type: 'boolean' | 'static' | 'metered';
  /** Whether the account has it: true; a number above 0 or a word; a quota, used up or not. */
  granted: boolean;
  /** Null for a metered feature, and for a static one of which nothing is said. */
  value: FeatureValue | null;
  /** Null for all but metered features, and for one that the account has no quota of. */
  quota: QuotaState | null;
}

/** All that plans can promise, in alphabetical order. */
export function entitlementsOf(
  types: FeatureTypes,
  quotaTypes: readonly string[],
  features: Features,
  states: readonly QuotaState[],
): Entitlement[] {
  const promised = Object.entries(types).map(([feature, type]): Entitlement => {
    const value = Object.hasOwn(features, feature) ? (features[feature] as FeatureValue) : null;
    if (type === 'boolean') {
      return { feature, type: 'boolean', granted: value === true, value: value === true, quota: null };
    }
    return { feature, type: 'static', granted: Boolean(value), value, quota: null };
  });
  const metered = quotaTypes.map((feature): Entitlement => {
    const quota = states.find(({ quotaType }) => quotaType === feature) ?? null;
    return { feature, type: 'metered', granted: quota !== null && quota.limit > 0, value: null, quota };
  });
  return [...promised, ...metered].sort((a, b) => (a.feature < b.feature ? -1 : 1));
}
