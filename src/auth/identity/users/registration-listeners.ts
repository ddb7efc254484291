import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { User } from './user.entity.js';

/** Told inside the transaction that makes the user: throw, and there is no user. */
export type RegistrationListener = (manager: EntityManager, user: User) => Promise<void>;

/** Lets the layers above give a new user what they have to give. Auth itself knows none of them. */
@Injectable()
export class RegistrationListeners {
  private readonly listeners: RegistrationListener[] = [];

  add(listener: RegistrationListener): void {
    this.listeners.push(listener);
  }

  /** In the order of their adding. */
  async registered(manager: EntityManager, user: User): Promise<void> {
    for (const listener of this.listeners) await listener(manager, user);
  }
}
