import type { EntityManager } from 'typeorm';
import type { SubscriptionPlan } from '../../catalog/plans/subscription-plan.entity.js';
import { Subscription } from '../records/subscription.entity.js';

/** A subscription that waits, not saved yet. */
export function newSubscription(
  manager: EntityManager,
  facts: { id: string; accountId: string; plan: SubscriptionPlan; createdAt: Date },
): Subscription {
  return manager.create(Subscription, {
    ...facts,
    planId: facts.plan.id,
    status: 'pending',
    startedAt: null,
    currentPeriodStart: null,
    currentPeriodEnd: null,
    inForceUntil: null,
    trialEndsAt: null,
    cancelAtPeriodEnd: false,
    scheduledPlanId: null,
    scheduledPlan: null,
    handledUntil: null,
    dueAt: null,
    endedAt: null,
  });
}
