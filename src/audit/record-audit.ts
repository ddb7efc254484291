import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { AuditLogEntry } from './audit-log.entity.js';
import { requestOrigin } from './request-origin.js';
import { keptUntil } from './security-actions.js';

export type AuditFacts = Pick<
  AuditLogEntry,
  'actorUserId' | 'action' | 'subjectType' | 'subjectId' | 'detail'
> & { at: Date };

/**
 * Writes an entry in the transaction of the deed itself: neither is there without the other. From where the deed was
 * asked for is taken from the request that is being handled.
 */
export async function recordAudit(manager: EntityManager, entry: AuditFacts): Promise<void> {
  const { at, ...fields } = entry;
  const origin = requestOrigin();
  await manager.insert(AuditLogEntry, {
    id: uuid(),
    createdAt: at,
    ...fields,
    clientAddress: origin?.address ?? null,
    userAgent: origin?.userAgent ?? null,
    keptUntil: keptUntil(fields.action, at),
  } as never);
}
