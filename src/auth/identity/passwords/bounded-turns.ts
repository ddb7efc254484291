import pLimit from 'p-limit';
import { Problem } from '../../../problems/problem.js';

/** How many may wait for their turn; whoever comes then is refused. */
export const MAX_WAITING = 200;

/** 200 hashes take some seconds. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Turns for work that is costly, for so many at once.
 * @returns what waits for a turn. It rejects with Problem OVERLOADED where {@link MAX_WAITING} wait already.
 */
export function boundedTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const turns = pLimit(atOnce);
  return async (work) => {
    if (turns.pendingCount >= MAX_WAITING) {
      throw new Problem('OVERLOADED', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    return turns(work);
  };
}
