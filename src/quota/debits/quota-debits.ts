import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isText, textOf } from '../../http/is-text.js';
import { Problem } from '../../problems/problem.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { Clock } from '../../time/clock.js';
import type { QuotaCap } from '../../auth/identity/caller/quota-cap.js';
import { AccountRefresh } from '../engine/account-refresh.js';
import { KeyCaps } from './key-caps.js';
import type { DebitAnswer, DebitRequest, HoldTerms } from '../engine/debit-statement.js';
import { QuotaEngine } from '../engine/quota-engine.js';
import { QUOTA_OPTIONS, type QuotaOptions } from '../balances/quota-options.js';
import type { QuotaState } from '../balances/quota-state.js';
import { oneOf, wholeNumber } from '../../problems/constraint-texts.js';
import { about } from '../../problems/sentence.js';

export interface ConsumeRequest {
  accountId: string;
  userId: string;
  resourceType: string;
  /** A whole number from 1 to 1,000,000. */
  cost: number;
  resourceId: string | null;
  metadata: Record<string, unknown> | null;
  /** A UUID made by the caller, best a UUIDv7: consuming twice under one id debits once. */
  usageId: string;
  /** The caller's, see `AuthenticatedUser`: what their API key may consume. */
  quotaCap?: QuotaCap | undefined;
}

export interface Debit {
  usageId: string;
  quota: QuotaState;
  /** Whether it was there already, under the same usage id. */
  known: boolean;
}

export const MAX_COST = 1_000_000;
export const MAX_RESOURCE_ID = 255;

/** A period's end or a hold's can fall between bringing the account up to date and the debit; seldom twice in a row. */
const ROUNDS = 4;

/** The longest that a caller is told to wait for a place among the holds: work mostly ends long before its hold does. */
const LONGEST_WAIT_SECONDS = 30;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Debits, be they consumed at once or held: validated, carried out by the engine, refused by name. */
@Injectable()
export class QuotaDebits {
  constructor(
    @Inject(QUOTA_OPTIONS) private readonly options: QuotaOptions,
    private readonly clock: Clock,
    private readonly engine: QuotaEngine,
    private readonly caps: KeyCaps,
    private readonly account: AccountRefresh,
  ) {}

  /**
   * @param hold null to consume
   * @param joined where given, in its transaction
   * @throws Problem SUBSCRIPTION_REQUIRED, QUOTA_EXCEEDED (with `quota`), KEY_QUOTA_EXCEEDED, CONCURRENCY_LIMIT, VALIDATION_FAILED, OVERLOADED
   */
  async debit(request: ConsumeRequest, hold: HoldTerms | null, joined?: EntityManager): Promise<Debit> {
    const debit = this.validated(request, hold);
    for (let round = 1; ; round += 1) {
      const answer = request.quotaCap
        ? await this.caps.debit(request.quotaCap, debit, joined)
        : await this.engine.debit(debit, joined);
      switch (answer.outcome) {
        case 'done':
        case 'known':
          return {
            usageId: debit.usageId,
            quota: this.state(debit, answer),
            known: answer.outcome === 'known',
          };
        case 'due':
          if (round === ROUNDS) throw new Problem('OVERLOADED', { retryAfterSeconds: 1 });
          await this.account.refresh(debit.accountId, joined);
          break;
        case 'refused':
          throw this.shortfall(debit, answer);
        case 'crowded':
          throw this.crowded(answer);
        case 'foreign':
          throw new Error(`usage ${debit.usageId} belongs to another account`);
      }
    }
  }

  /** @throws Problem VALIDATION_FAILED where the application knows no such resource type. */
  quotaTypeOf(resourceType: string): string {
    if (Object.hasOwn(this.options.resources, resourceType)) return this.options.resources[resourceType]!;
    const message = about('resourceType', oneOf(Object.keys(this.options.resources)));
    throw invalidInput([{ field: 'resourceType', message }]);
  }

  /** What goes into a batch must be storable, or it would cost the others a second run. */
  private validated(request: ConsumeRequest, hold: HoldTerms | null): DebitRequest {
    const { accountId, userId, resourceType, resourceId, cost, metadata, usageId } = request;
    requireCost(cost);
    // A host's handler makes it of whatever stands in the request.
    if (resourceId !== null && !isText(resourceId, 1, MAX_RESOURCE_ID)) {
      const message = about('resourceId', textOf(1, MAX_RESOURCE_ID));
      throw invalidInput([{ field: 'resourceId', message }]);
    }
    requireUuid('accountId', accountId);
    requireUuid('userId', userId);
    requireUuid('usageId', usageId);
    return {
      accountId: accountId.toLowerCase(),
      userId,
      quotaType: this.quotaTypeOf(resourceType),
      resourceType,
      resourceId,
      cost,
      metadata,
      usageId,
      hold,
    };
  }

  private state({ quotaType }: DebitRequest, answer: DebitAnswer): QuotaState {
    const { used, limit, remaining, resetsAt } = answer;
    // Only a debit of a time that is over can be known without a balance of today.
    return {
      quotaType,
      used,
      limit,
      remaining,
      overage: used + remaining - limit,
      resetsAt: resetsAt ?? this.clock.now(),
    };
  }

  private shortfall(debit: DebitRequest, answer: DebitAnswer): Problem {
    if (!answer.resetsAt) return new Problem('SUBSCRIPTION_REQUIRED');
    const { overage, ...state } = this.state(debit, answer);
    const { used, limit, resetsAt } = state;
    const quota = overage > 0 ? { ...state, overage } : state;
    const params = { used, limit, cost: debit.cost, resetsAt: resetsAt.toISOString() };
    return new Problem('QUOTA_EXCEEDED', { params, extensions: { quota } });
  }

  private crowded({ freesAt }: DebitAnswer): Problem {
    const seconds = ((freesAt?.getTime() ?? 0) - this.clock.now().getTime()) / 1000;
    const retryAfterSeconds = Math.max(1, Math.min(Math.ceil(seconds), LONGEST_WAIT_SECONDS));
    return new Problem('CONCURRENCY_LIMIT', { params: { seconds: retryAfterSeconds }, retryAfterSeconds });
  }
}

/** @throws Problem VALIDATION_FAILED */
export function requireCost(cost: number): void {
  if (Number.isInteger(cost) && cost >= 1 && cost <= MAX_COST) return;
  throw invalidInput([{ field: 'cost', message: about('cost', wholeNumber(1, MAX_COST)) }]);
}

export function requireUuid(name: string, id: string): void {
  if (!UUID.test(id)) throw new TypeError(`${name} must be a UUID`);
}
