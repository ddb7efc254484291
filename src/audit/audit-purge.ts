import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { inTransaction } from '../database/transaction.js';
import { Clock } from '../time/clock.js';
import { SECURITY_LOG_DAYS } from './security-actions.js';

const AT_ONCE = 1000;
const DAY_MS = 86_400_000;

/** Ends entries of security events, and forgets the clients' addresses in the others, after their time. */
@Injectable()
export class AuditPurge {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @returns how many entries it ended or took an address out of. */
  async purge(): Promise<number> {
    const now = this.clock.now();
    const old = new Date(now.getTime() - SECURITY_LOG_DAYS * DAY_MS);
    return (await this.each(END, now)) + (await this.each(FORGET, old));
  }

  private async each(statement: string, before: Date): Promise<number> {
    let done = 0;
    for (let count = AT_ONCE; count === AT_ONCE; done += count) {
      count = await inTransaction(this.dataSource, async (manager) => {
        await allowUpkeep(manager);
        const [, changed] = (await manager.query(statement, [before])) as [unknown[], number];
        return changed;
      });
    }
    return done;
  }
}

/**
 * Takes addresses and devices out of the entries about a person: what the person did, and what was done to them.
 * In the transaction that erases the person.
 */
export async function forgetOrigins(manager: EntityManager, userId: string): Promise<void> {
  await allowUpkeep(manager);
  await manager.query(
    `UPDATE commercial.audit_log SET client_address = NULL, user_agent = NULL
     WHERE (actor_user_id = $1 OR (subject_type = 'user' AND subject_id = $1::text))
       AND (client_address IS NOT NULL OR user_agent IS NOT NULL)`,
    [userId],
  );
}

/** Until the transaction ends. The database still refuses whatever is more than upkeep. */
function allowUpkeep(manager: EntityManager): Promise<unknown> {
  return manager.query(`SELECT set_config('commercial.audit_upkeep', 'on', true)`);
}

const END = `
  DELETE FROM commercial.audit_log WHERE id IN (
    SELECT id FROM commercial.audit_log WHERE kept_until <= $1 ORDER BY kept_until LIMIT ${AT_ONCE})`;

const FORGET = `
  UPDATE commercial.audit_log SET client_address = NULL, user_agent = NULL WHERE id IN (
    SELECT id FROM commercial.audit_log
    WHERE created_at <= $1 AND client_address IS NOT NULL AND kept_until IS NULL
    ORDER BY created_at LIMIT ${AT_ONCE})`;
