/** How much of one quota type an account has used and may still use, over all its balances. Counts are whole numbers. */
export interface QuotaState {
  quotaType: string;
  used: number;
  limit: number;
  remaining: number;
  /** How much of `used` goes beyond what was granted, where the plan allows that. */
  overage: number;
  /** The end of the plan's present period; without a plan, the first moment at which quota expires. */
  resetsAt: Date;
}
