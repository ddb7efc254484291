import type { Logger } from '@nestjs/common';
import pLimit from 'p-limit';

export interface Drain {
  /** What is due, a page of it; empty where nothing is. What was worked on isn't due any more. */
  next: () => Promise<string[]>;
  /** @returns whether it was this process's to do */
  work: (id: string) => Promise<boolean>;
  /** How many are worked on at a time. */
  parallel: number;
  logger: Logger;
}

/** Works until nothing more is due; what fails is logged, and the rest goes on. @returns how many this process did. */
export async function drain({ next, work, parallel, logger }: Drain): Promise<number> {
  const limit = pLimit(parallel);
  let done = 0;
  for (let ids = await next(); ids.length > 0; ids = await next()) {
    const outcomes = await Promise.allSettled(ids.map((id) => limit(() => work(id))));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') logger.error(outcome.reason);
      else if (outcome.value) done += 1;
    }
    // Nothing could even be claimed: the database's trouble, which asking again at once doesn't mend.
    if (outcomes.every((outcome) => outcome.status === 'rejected')) break;
  }
  return done;
}
