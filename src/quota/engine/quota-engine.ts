import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import {
  debitBatchSize,
  quotaDebitsTotal,
  quotaWaiting,
  settlementBatchSize,
} from '../../metrics/metrics.js';
import { Clock } from '../../time/clock.js';
import { inBatchSpan, joinBatch } from '../../tracing/spans.js';
import { QUOTA_OPTIONS, type QuotaOptions } from '../balances/quota-options.js';
import { isUsageIdTaken } from '../balances/usage-id.js';
import {
  debitBatch,
  type DebitAnswer,
  type DebitRequest,
  type DebitRow,
  type Statement,
} from './debit-statement.js';
import { ENGINE_DEFAULTS } from '../balances/engine-options.js';
import { EventLoopLoad } from './event-loop-load.js';
import { GroupCommit } from './group-commit.js';
import { singleAnswer, singleDebit, type SingleDebitRow } from './single-debit.js';
import { settleBatch, type SettleOutcome, type SettleRequest, type SettleRow } from './settle-statement.js';

type Connection = Pick<Pool | PoolClient, 'query'>;

/**
 * Carries out debits and settlements in batches, on connections of the host's own pool. It takes these from the driver,
 * since a query through TypeORM's runner can't be prepared and costs more than the statement itself.
 */
@Injectable()
export class QuotaEngine implements OnApplicationShutdown {
  private readonly debits: GroupCommit<DebitRequest, DebitAnswer, PoolClient>;
  private readonly settlements: GroupCommit<SettleRequest, SettleOutcome, PoolClient>;
  private readonly crossedListeners: (() => void)[] = [];
  private readonly endMetrics: (() => void)[];

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(QUOTA_OPTIONS) options: QuotaOptions,
    private readonly clock: Clock,
  ) {
    const grouping = { ...ENGINE_DEFAULTS, ...options.engine };
    const load = new EventLoopLoad();
    const shared = {
      connect: () => this.connect(),
      release: (client: PoolClient, isBroken: boolean) => void client.off('error', ignore).release(isBroken),
      isWanted: () => this.pool.waitingCount > 0,
      isBusy: () => load.isBusy(),
    };
    this.debits = new GroupCommit(
      {
        ...shared,
        laneOf: ({ accountId }) => accountId,
        run: (client, batch, again) =>
          inBatchSpan('quota.debit', batch, () => this.runDebits(client, batch, again)),
      },
      grouping,
    );
    this.settlements = new GroupCommit(
      {
        ...shared,
        laneOf: ({ accountId }) => accountId,
        identityOf: ({ usageId }) => usageId,
        run: (client, batch, again) =>
          inBatchSpan('quota.settle', batch, () => this.runSettlements(client, batch, again)),
      },
      // Each follows a debit that was let in: refused, it would keep what its customer has paid for.
      { ...grouping, maxWaiting: Infinity },
    );
    this.endMetrics = [
      quotaWaiting.from(() => this.debits.waitingCount, 'debit'),
      quotaWaiting.from(() => this.settlements.waitingCount, 'settlement'),
    ];
  }

  /** @param manager where given, the debit joins its transaction: rolled back, the quota is back. */
  debit(request: DebitRequest, manager?: EntityManager): Promise<DebitAnswer> {
    return manager ? this.debitWithin(manager, request) : this.debits.submit(joinBatch(request));
  }

  private async debitWithin(manager: EntityManager, request: DebitRequest): Promise<DebitAnswer> {
    // A failed statement would spoil the host's transaction, so the id is looked up beforehand.
    return (await this.runDebits(await connectionOf(manager), [request], true))[0]!;
  }

  /** @param manager where given, the settlement joins its transaction. */
  async settle(request: SettleRequest, manager?: EntityManager): Promise<SettleOutcome> {
    if (!manager) return this.settlements.submit(joinBatch(request));
    return (await this.runSettlements(await connectionOf(manager), [request], false))[0]!;
  }

  /** Called after a commit in which a balance reached a threshold. */
  onCrossed(listener: () => void): void {
    this.crossedListeners.push(listener);
  }

  /** After the last request has been answered; what is under way is finished. */
  async onApplicationShutdown(): Promise<void> {
    await this.debits.close();
    // Who got a debit only now, and has nobody left to answer, gives it back in this turn.
    await nextTurn();
    await this.settlements.close();
    for (const end of this.endMetrics) end();
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  private async connect(): Promise<PoolClient> {
    return (await this.pool.connect()).on('error', ignore);
  }

  private async runDebits(
    connection: Connection,
    requests: readonly DebitRequest[],
    check: boolean,
  ): Promise<readonly DebitAnswer[]> {
    let answers: readonly DebitAnswer[];
    try {
      answers =
        (check ? null : await this.runSingle(connection, requests)) ??
        (await this.runBatch(connection, requests, check));
    } catch (error) {
      // Somebody comes again with an id of before. Looking for that is left to this rare case.
      if (check || !isUsageIdTaken(error)) throw error;
      return this.runDebits(connection, requests, true);
    }
    count(requests, answers);
    debitBatchSize.observe(requests.length);
    return answers;
  }

  /** @returns null where somebody isn't alone, or it isn't the plain case: nothing was done. */
  private async runSingle(
    connection: Connection,
    [request, ...others]: readonly DebitRequest[],
  ): Promise<readonly DebitAnswer[] | null> {
    if (!request || others.length > 0 || request.hold !== null) return null;
    const row = await queryRow<SingleDebitRow>(connection, singleDebit(request, this.clock.now()));
    return row ? [singleAnswer(row, request.cost)] : null;
  }

  private async runBatch(
    connection: Connection,
    requests: readonly DebitRequest[],
    check: boolean,
  ): Promise<readonly DebitAnswer[]> {
    const batch = debitBatch(requests, this.clock.now(), check);
    const row = (await queryRow<DebitRow>(connection, batch.statement))!;
    if (row.crossed) for (const listener of this.crossedListeners) listener();
    return batch.answers(row);
  }

  private async runSettlements(
    connection: Connection,
    requests: readonly SettleRequest[],
    again: boolean,
  ): Promise<readonly SettleOutcome[]> {
    const batch = settleBatch(requests, this.clock.now());
    const outcomes = batch.answers((await queryRow<SettleRow>(connection, batch.statement))!);
    settlementBatchSize.observe(requests.length);
    // What the run did whose answer was lost counts as done now.
    return again ? outcomes.map((outcome) => (outcome === 'already' ? 'done' : outcome)) : outcomes;
  }
}

/** A connection that breaks tells its query as well. Unheard, its event would end the process. */
function ignore(): void {}

/**
 * By callback: with its promises pg links each query of a connection to the next, so that a batch's arrays survive the
 * minor collections and force a major one every few seconds, which takes a tenth of a second on the database's cores.
 */
function queryRow<Row extends object>(
  connection: Connection,
  statement: Statement,
): Promise<Row | undefined> {
  return new Promise((resolve, reject) => {
    connection.query<Row>(statement, (error, result) => (error ? reject(error) : resolve(result.rows[0])));
  });
}

async function connectionOf(manager: EntityManager): Promise<Connection> {
  const runner = manager.queryRunner;
  if (!runner?.isTransactionActive) {
    throw new Error(
      'the manager has no running transaction to join: call this inside dataSource.transaction()',
    );
  }
  return (await runner.connect()) as PoolClient;
}

/** Once for each batch and label: counting every debit by itself costs more than deciding it. */
function count(requests: readonly DebitRequest[], answers: readonly DebitAnswer[]): void {
  const tallies: { quota_type: string; outcome: string; times: number }[] = [];
  answers.forEach((answer, index) => {
    if (answer.outcome === 'due') return;
    const { quotaType, hold } = requests[index]!;
    const outcome = answer.outcome !== 'done' ? answer.outcome : hold ? 'held' : 'consumed';
    let tally = tallies.find((one) => one.quota_type === quotaType && one.outcome === outcome);
    if (!tally) tallies.push((tally = { quota_type: quotaType, outcome, times: 0 }));
    tally.times += 1;
  });
  for (const { times, ...labels } of tallies) quotaDebitsTotal.inc(labels, times);
}
