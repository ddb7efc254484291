import type { Plan } from '../types.js';

export interface FakeOptions {
  /** Default: free (10 a month), pro (100, 99.00 yuan) and enterprise, as the service sells them. */
  plans?: readonly FakePlan[];
  /** Which quota a resource draws on. Default: `dicom_processing` on `processing_count`. */
  resources?: Readonly<Record<string, string>>;
  /** What a new customer gets; null for nothing. Default `free`, where there is such a plan. */
  freePlan?: string | null;
  /** Where the clock stands first. Default: now. */
  now?: Date;
}

export type FakePlan = Pick<Plan, 'code' | 'quotas'> & Partial<Plan>;
