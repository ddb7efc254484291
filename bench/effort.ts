/** How long and how often each contestant runs. */
export interface Effort {
  seconds: number;
  rounds: number;
}

export const QUICK: Effort = { seconds: 1, rounds: 2 };
export const FULL: Effort = { seconds: 3, rounds: 5 };
