import type { EntityManager } from 'typeorm';
import { User } from '../users/user.entity.js';
import { Customer } from './customer.entity.js';

/** Somebody as a receipt or a channel names them. */
export type Person = Pick<Customer, 'email' | 'displayName'>;

/** Whom an id names that stands where a user's or a customer's may stand; null where neither is there. */
export async function personOf(manager: EntityManager, id: string): Promise<Person | null> {
  return (await manager.findOneBy(User, { id })) ?? (await manager.findOneBy(Customer, { id }));
}
