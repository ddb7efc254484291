import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A new user, or another application's new customer, and the account that owns what they will buy. */
export interface NewAccountHolder {
  id: string;
  personalAccountId: string;
  /** A customer's is what the application says, or null. */
  email: string | null;
}

/** Told inside the transaction that makes the holder: throw, and there is none. */
export type RegistrationListener = (manager: EntityManager, holder: NewAccountHolder) => Promise<void>;

/** Lets the layers above give a new user or customer what they have to give. Auth itself knows none of them. */
@Injectable()
export class RegistrationListeners {
  private readonly listeners: RegistrationListener[] = [];

  add(listener: RegistrationListener): void {
    this.listeners.push(listener);
  }

  /** In the order of their adding. */
  async registered(manager: EntityManager, holder: NewAccountHolder): Promise<void> {
    for (const listener of this.listeners) await listener(manager, holder);
  }
}
