import { v7 as uuid } from 'uuid';
import type { EntityManager } from 'typeorm';
import { AccountCredit } from '../records/account-credit.entity.js';

/** What an account has in credit, in fen; exact while the caller holds its lock. */
export async function creditOf(manager: EntityManager, accountId: string): Promise<number> {
  return (await manager.sum(AccountCredit, 'amountFen', { accountId })) ?? 0;
}

/** Moves an account's credit by so many fen; 0 moves nothing. */
export async function moveCredit(
  manager: EntityManager,
  accountId: string,
  amountFen: number,
  periodId: string | null,
  at: Date,
): Promise<void> {
  if (amountFen === 0) return;
  await manager.insert(AccountCredit, { id: uuid(), accountId, amountFen, periodId, createdAt: at });
}

/** What a period used of its account's credit, in fen. */
export async function creditUsedFor(manager: EntityManager, periodId: string): Promise<number> {
  return Math.max(0, -((await manager.sum(AccountCredit, 'amountFen', { periodId })) ?? 0));
}
