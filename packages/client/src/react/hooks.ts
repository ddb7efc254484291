import { useCallback } from 'react';
import type { AccountClient } from '../account-client.js';
import type { Entitlement, Plan, Quota } from '../types.js';
import { useLoaded, useStore } from './context.js';

interface Shown {
  error: unknown;
  /** Also while it is loaded again: show what is there. */
  isLoading: boolean;
  /** Loads it again, for everybody who shows it. */
  refresh: () => Promise<void>;
}

export interface QuotaState extends Shown {
  /** Of the type asked for, or the first; undefined while it loads, and where the account has none. */
  quota: Quota | undefined;
  /** Every type that the account has. */
  quotas: readonly Quota[];
}

export interface EntitlementState extends Shown {
  /** False while it loads, where it failed and where nothing names the feature: what isn't known isn't granted. */
  isGranted: boolean;
  /** Of a static one. */
  value: unknown;
  /** Undefined while it loads, and where no plan names the feature. */
  entitlement: Entitlement | undefined;
}

export interface PlansState extends Shown {
  plans: readonly Plan[];
}

const NONE: readonly never[] = [];
const loadQuotas = (client: AccountClient) => client.quota.list();
const loadEntitlements = (client: AccountClient) => client.entitlements.list();
const loadPlans = (client: AccountClient) => client.plans.list();

/** What is left. @param quotaType default: the first that the account has */
export function useQuota(quotaType?: string): QuotaState {
  const { value = NONE, error, isLoading } = useLoaded('quota', loadQuotas);
  const quota = value.find((candidate) => quotaType === undefined || candidate.quotaType === quotaType);
  return { quota, quotas: value, error, isLoading, refresh: useRefreshOf('quota') };
}

/** Whether the plan in force promises a feature. */
export function useEntitlement(feature: string): EntitlementState {
  const { value = NONE, error, isLoading } = useLoaded('entitlements', loadEntitlements);
  const entitlement = value.find((candidate) => candidate.feature === feature);
  return {
    isGranted: entitlement?.granted ?? false,
    value: entitlement?.value ?? null,
    entitlement,
    error,
    isLoading,
    refresh: useRefreshOf('entitlements'),
  };
}

/** What can be bought. */
export function usePlans(): PlansState {
  const { value = NONE, error, isLoading } = useLoaded('plans', loadPlans);
  return { plans: value, error, isLoading, refresh: useRefreshOf('plans') };
}

function useRefreshOf(key: string): () => Promise<void> {
  const store = useStore();
  return useCallback(() => store.refresh(key), [store, key]);
}
