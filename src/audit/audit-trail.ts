import type { EntityManager } from 'typeorm';
import type { Clock } from '../time/clock.js';
import { recordAudit } from './record-audit.js';

/** What people do to one kind of thing, noted at the clock's time in the transaction of the deed. */
export class AuditTrail {
  constructor(
    private readonly subjectType: string,
    private readonly clock: Clock,
  ) {}

  note(
    manager: EntityManager,
    actorUserId: string | null,
    action: string,
    subjectId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const { subjectType } = this;
    const at = this.clock.now();
    return recordAudit(manager, { actorUserId, action, subjectType, subjectId, detail, at });
  }
}
