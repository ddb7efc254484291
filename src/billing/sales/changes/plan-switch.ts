import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../../problems/sentence.js';
import { BillingListeners } from '../../ledger/listeners/billing-listeners.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import type { Subscription } from '../../ledger/records/subscription.entity.js';
import { moveCredit } from '../../ledger/credits/account-credits.js';
import { carryCredit, creditFen, creditShares, metInFull, takesUsedUnits } from './carried-credit.js';

/** What a change was ordered on, and with what it was met. In fen. */
export interface SwitchTerms {
  orderedAt: Date;
  paymentId: string | null;
  amountFen: number;
  creditFen: number;
  accountCreditFen: number;
  surplusFen: number;
}

const CREDIT_USED: Sentence = {
  en: 'the time or quota that was to be credited was used in the meantime',
  'zh-CN': '原定抵扣的时长或额度在此期间已被使用',
};

const CREDIT_GONE = { en: 'what was to be credited went back meanwhile', 'zh-CN': '用于抵扣的款项已退回' };

/** Puts another plan in the place of one, and takes the credit for what was unused along. */
@Injectable()
export class PlanSwitch {
  constructor(
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly listeners: BillingListeners,
  ) {}

  /**
   * Inside the caller's transaction with the account locked.
   * @returns why it can't be done; null where it was
   */
  async carryOut(
    manager: EntityManager,
    from: Subscription,
    to: Subscription,
    terms: SwitchTerms,
    at: Date,
  ): Promise<Sentence | null> {
    const { creditFen: promisedFen, surplusFen, accountCreditFen, amountFen, paymentId } = terms;
    const shares = await creditShares(manager, this.listeners, from, terms.orderedAt, at);
    let ordered = shares.filter(({ since }) => !since);
    if (creditFen(ordered) < promisedFen) {
      ordered = metInFull(ordered, promisedFen);
      if (creditFen(ordered) < promisedFen) return CREDIT_GONE;
      if (!(await takesUsedUnits(manager, this.listeners, from, to.plan, at))) return CREDIT_USED;
    }
    const carried = [...ordered, ...shares.filter(({ since }) => since)];
    const periodId = uuid();
    const { accountId } = to;
    await carryCredit(manager, carried, periodId);
    await moveCredit(manager, accountId, -accountCreditFen, periodId, at);
    // What was paid after the order isn't in its amounts, and isn't lost either.
    const leftOverFen = surplusFen + creditFen(carried) - promisedFen;
    await moveCredit(manager, accountId, leftOverFen, periodId, at);
    const worthFen = amountFen + promisedFen - surplusFen + accountCreditFen;
    const formerPlan = from.plan;
    await this.lifecycle.activate(manager, to, at, { paymentId, worthFen, periodId });
    await this.listeners.changed(manager, to, formerPlan, at);
    return null;
  }
}
