import type { EntityManager } from 'typeorm';
import { Trial } from '../../../src/billing/ledger/records/trial.entity.js';
import { Trials, type TrialFacts } from '../../../src/billing/sales/trials/trials.service.js';

/** The trials' service, with its guarded statement on the book: nobody else writes between question and answer. */
export class BookTrials extends Trials {
  /** Nobody is erased in the story. */
  protected override wasHadBefore(): Promise<boolean> {
    return Promise.resolve(false);
  }

  protected override async enter(manager: EntityManager, trial: TrialFacts): Promise<boolean> {
    const { userId, accountId } = trial;
    for (const had of [{ userId }, { accountId }]) if (await manager.existsBy(Trial, had)) return false;
    await manager.insert(Trial, trial);
    return true;
  }
}
