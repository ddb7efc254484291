import type { EntityManager } from 'typeorm';
import { Subscription } from '../records/subscription.entity.js';

/** With its plan, and the one that is scheduled. @throws EntityNotFoundError where there is none. */
export function findSubscription(manager: EntityManager, id: string): Promise<Subscription> {
  return manager.findOneOrFail(Subscription, {
    where: { id },
    relations: { plan: { quotas: true }, scheduledPlan: { quotas: true } },
  });
}
