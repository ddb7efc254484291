/** How long and how often each contestant runs. */
export interface Effort {
  seconds: number;
  rounds: number;
  /** How many files of the database's log all of that fills. */
  logSegments: number;
}

export const QUICK: Effort = { seconds: 1, rounds: 2, logSegments: 16 };
export const FULL: Effort = { seconds: 3, rounds: 5, logSegments: 96 };
