import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { Clock } from '../../time/clock.js';
import type { SettleOutcome } from '../engine/settle-statement.js';
import { QuotaEngine } from '../engine/quota-engine.js';
import { QuotaDebits, requireCost, requireUuid, type ConsumeRequest } from './quota-debits.js';
import { OpenHold, type HoldSettlement } from './open-hold.js';
import { QuotaHold, type HoldMaker } from '../balances/quota-hold.entity.js';
import { wholeNumber } from '../../problems/constraint-texts.js';
import { about } from '../../problems/sentence.js';

export interface HoldRequest extends Omit<ConsumeRequest, 'usageId'> {
  /** A UUID made by the caller, best a UUIDv7: holding twice under one id holds once. It is the usage's id too. */
  holdId: string;
  /** How long the work may take, in seconds, before its quota goes back by itself. Default 900, at most 604,800. */
  ttlSeconds?: number | undefined;
  /** Who may settle it over HTTP. Default `host`: nobody but code in this process. */
  madeBy?: HoldMaker | undefined;
}

export const DEFAULT_TTL_SECONDS = 900;
/** A week: what runs longer had better be charged in parts. */
export const MAX_TTL_SECONDS = 604_800;

/** The hold that the guard made for a request, by the framework's own request object. */
const ofRequests = new WeakMap<object, OpenHold>();

/**
 * Quota set aside for work whose end is not certain, or whose true cost is not known yet. A plan's feature
 * `max_concurrent` limits how many of them an account has open at once.
 */
@Injectable()
export class QuotaHolds {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly debits: QuotaDebits,
    private readonly engine: QuotaEngine,
  ) {}

  /** The hold of a request behind `@RequireQuota(…, { hold })`; undefined for any other request. */
  static of(request: object): OpenHold | undefined {
    return ofRequests.get(request);
  }

  /** Lets the handler of a request find its hold. */
  static remember(request: object, hold: OpenHold): void {
    ofRequests.set(request, hold);
  }

  /** @throws Problem as `QuotaService.consume`, and CONCURRENCY_LIMIT where the plan allows no further one at once */
  async hold({
    holdId,
    ttlSeconds = DEFAULT_TTL_SECONDS,
    madeBy = 'host',
    ...request
  }: HoldRequest): Promise<OpenHold> {
    requireTtl(ttlSeconds);
    const expiresAt = new Date(this.clock.now().getTime() + ttlSeconds * 1000);
    const { quota, known } = await this.debits.debit({ ...request, usageId: holdId }, { expiresAt, madeBy });
    const first = known ? await this.find(holdId) : null;
    const until = first?.expiresAt ?? expiresAt;
    return new OpenHold(this, holdId, request.accountId, request.cost, until, quota);
  }

  /**
   * @param cost what the work cost in truth, at most what is held; null for all of it
   * @throws Problem NOT_FOUND, HOLD_NOT_OPEN, COST_EXCEEDS_HOLD
   */
  async commit(accountId: string, holdId: string, cost: number | null): Promise<HoldSettlement> {
    if (cost !== null) requireCost(cost);
    await this.settle(accountId, holdId, cost);
    return { holdId, status: 'committed' };
  }

  /** @throws Problem NOT_FOUND, HOLD_NOT_OPEN */
  async release(accountId: string, holdId: string): Promise<HoldSettlement> {
    await this.settle(accountId, holdId, 0);
    return { holdId, status: 'released' };
  }

  /**
   * The account's hold, for whoever wants to settle it over HTTP. Who made it never changes.
   * @throws Problem NOT_FOUND; HOLD_NOT_YOURS where another kind of caller made it
   */
  async madeBy(maker: HoldMaker, accountId: string, holdId: string): Promise<QuotaHold> {
    const hold = await this.find(holdId);
    if (hold?.accountId !== accountId) throw new Problem('NOT_FOUND', { params: { what: 'hold' } });
    if (hold.madeBy !== maker) throw new Problem('HOLD_NOT_YOURS');
    return hold;
  }

  /** Anybody's, by an administrator; audited. @throws Problem NOT_FOUND, HOLD_NOT_OPEN */
  async releaseByAdministrator(holdId: string, actorUserId: string): Promise<QuotaHold> {
    const hold = await this.find(holdId);
    if (!hold) throw new Problem('NOT_FOUND', { params: { what: 'hold' } });
    const { accountId, madeBy } = hold;
    await inTransaction(this.dataSource, async (manager) => {
      if ((await this.settle(accountId, holdId, 0, manager)) === 'already') return;
      await recordAudit(manager, {
        actorUserId,
        action: 'hold.released',
        subjectType: 'hold',
        subjectId: holdId,
        detail: { accountId, madeBy },
        at: this.clock.now(),
      });
    });
    return hold;
  }

  private async settle(
    accountId: string,
    usageId: string,
    cost: number | null,
    joined?: EntityManager,
  ): Promise<'done' | 'already'> {
    requireUuid('accountId', accountId);
    requireUuid('holdId', usageId);
    const outcome = await this.engine.settle({ accountId, usageId, from: 'held', cost }, joined);
    if (outcome === 'done' || outcome === 'already') return outcome;
    throw refusal(outcome, cost);
  }

  private find(holdId: string): Promise<QuotaHold | null> {
    return this.dataSource.manager.findOneBy(QuotaHold, { id: holdId });
  }
}

function refusal(outcome: Exclude<SettleOutcome, 'done' | 'already'>, cost: number | null): Problem {
  switch (outcome) {
    case 'missing':
      return new Problem('NOT_FOUND', { params: { what: 'hold' } });
    case 'expired':
      return new Problem('HOLD_NOT_OPEN', { params: { status: 'expired' } });
    case 'conflict':
      return new Problem('HOLD_NOT_OPEN', { params: { status: cost === 0 ? 'committed' : 'released' } });
    case 'exceeds':
      return new Problem('COST_EXCEEDS_HOLD', { params: { cost: cost ?? 0 } });
  }
}

/** @throws Problem VALIDATION_FAILED */
function requireTtl(ttlSeconds: number): void {
  if (Number.isInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_TTL_SECONDS) return;
  const message = about('ttlSeconds', wholeNumber(1, MAX_TTL_SECONDS));
  throw invalidInput([{ field: 'ttlSeconds', message }]);
}
