import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { AuditLogEntry } from './audit-log.entity.js';

/** Writes an entry in the transaction of the deed itself: neither is there without the other. */
export async function recordAudit(
  manager: EntityManager,
  entry: Omit<AuditLogEntry, 'id' | 'createdAt'> & { at: Date },
): Promise<void> {
  const { at, ...fields } = entry;
  await manager.insert(AuditLogEntry, { id: uuid(), createdAt: at, ...fields } as never);
}
