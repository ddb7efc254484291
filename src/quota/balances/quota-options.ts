import type { DataSource } from 'typeorm';
import type { FeatureTypes } from '../../billing/options/plan-features.js';
import type { Clock } from '../../time/clock.js';
import type { QuotaEngineOptions } from './engine-options.js';

export interface QuotaOptions {
  dataSource: DataSource;
  clock: Clock;
  /** Which quota type each resource type draws on, e.g. `{ dicom_processing: 'processing_count' }`. */
  resources: Readonly<Record<string, string>>;
  /** What plans may promise beside quota, as BillingModule has it. Default: what iDoctor's do. */
  features?: FeatureTypes;
  engine?: QuotaEngineOptions;
  /** How many whole months of usage logs stay beside the present one. Default null: all. Sums stay in any case. */
  usageRetentionMonths?: number | null;
}

export const QUOTA_OPTIONS = Symbol('QUOTA_OPTIONS');

/** What iDoctor meters. */
export const DEFAULT_RESOURCES = { dicom_processing: 'processing_count' } as const;
