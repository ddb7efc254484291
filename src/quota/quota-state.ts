/** How much of one quota type an account has used and may still use. Counts are whole numbers. */
export interface QuotaState {
  quotaType: string;
  used: number;
  limit: number;
  remaining: number;
  /** The end of the present period. */
  resetsAt: Date;
}
