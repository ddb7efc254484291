import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Told inside the transaction in which an override changes what an account may expect: throw, and it is undone. */
export type EntitlementListener = (manager: EntityManager, accountId: string, at: Date) => Promise<void>;

@Injectable()
export class EntitlementListeners {
  private readonly listeners: EntitlementListener[] = [];

  add(listener: EntitlementListener): void {
    this.listeners.push(listener);
  }

  async changed(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    for (const listener of this.listeners) await listener(manager, accountId, at);
  }
}
