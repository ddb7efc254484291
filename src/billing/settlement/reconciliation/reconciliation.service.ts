import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { BillUnavailableError } from '../../../providers/bill-unavailable.error.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import type { BillLine, UnreadableRow } from '../../../providers/payment-provider.js';
import { Clock } from '../../../time/clock.js';
import { billDay, noBillFrom } from './bill-day.js';
import { clearStaging, stageBill } from './bill-staging.js';
import {
  COMPARE_PAYMENTS,
  COMPARE_REFUNDS,
  COUNT_MATCHED,
  ENTERED_SINCE,
  FOUND_LATER,
  HAS_RECORDS,
  MARK_BILLED,
  TELL_UNREADABLE,
  UNDONE_DAYS,
} from './comparison.sql.js';
import { ReconciliationDifference } from './reconciliation-difference.entity.js';
import { ReconciliationRepair } from './reconciliation-repair.js';
import { Reconciliation } from './reconciliation.entity.js';

/** Compares a channel's bill of a day with our records, in both directions, and settles what a query proves. */
@Injectable()
export class ReconciliationService {
  private readonly logger = new Logger(ReconciliationService.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly providers: PaymentProviderRegistry,
    private readonly repair: ReconciliationRepair,
  ) {}

  /** The channels whose bills can be downloaded. */
  get reconcilable(): string[] {
    return this.providers.names.filter((name) => this.providers.find(name)?.downloadBill);
  }

  /**
   * Runs to the end, which for a million lines takes a minute or so. Running it again makes a new report.
   *
   * @param date the day in Beijing, `YYYY-MM-DD`
   * @returns the run; one that couldn't be done says so in its status
   * @throws Problem CHANNEL_NOT_CONFIGURED, for a channel without bills as well
   */
  async run(provider: string, date: string, requestedBy: string | null): Promise<Reconciliation> {
    const channel = this.providers.find(provider);
    const bill = channel?.downloadBill?.(date);
    if (!bill) {
      const available = this.reconcilable.join(', ') || '-';
      throw new Problem('CHANNEL_NOT_CONFIGURED', { params: { provider, available } });
    }
    const run = await this.begin(provider, date, requestedBy);
    try {
      await this.compare(run, this.orNothing(run, bill));
      run.status = 'done';
    } catch (error) {
      run.status = error instanceof BillUnavailableError ? 'unavailable' : 'failed';
      run.error = (error as Error).message;
      if (run.status === 'failed') this.logger.error(error, `reconciliation of ${provider}, ${date}`);
    } finally {
      await clearStaging(this.dataSource, run.id);
    }
    run.finishedAt = this.clock.now();
    return this.dataSource.manager.save(run);
  }

  /** @throws Problem NOT_FOUND */
  async get(id: string): Promise<Reconciliation> {
    const run = await this.dataSource.manager.findOneBy(Reconciliation, { id });
    if (!run) throw new Problem('NOT_FOUND', { params: { what: 'reconciliation' } });
    return run;
  }

  /** The last day, and those from the first on that were tried; without those that are done. Oldest first. */
  async undone(provider: string, firstDay: string, lastDay: string): Promise<string[]> {
    const rows: { day: string }[] = await this.dataSource.query(UNDONE_DAYS, [provider, firstDay, lastDay]);
    return rows.map(({ day }) => day);
  }

  list<Item>(page: PageQueryDto, toItem: (run: Reconciliation) => Item): Promise<Page<Item>> {
    return readPage(this.dataSource.getRepository(Reconciliation).createQueryBuilder('run'), page, toItem);
  }

  differences<Item>(
    reconciliationId: string,
    page: PageQueryDto,
    toItem: (difference: ReconciliationDifference) => Item,
  ): Promise<Page<Item>> {
    const query = this.dataSource
      .getRepository(ReconciliationDifference)
      .createQueryBuilder('difference')
      .where('difference.reconciliationId = :reconciliationId', { reconciliationId });
    return readPage(query, page, toItem);
  }

  private begin(provider: string, billDate: string, requestedBy: string | null): Promise<Reconciliation> {
    const { manager } = this.dataSource;
    return manager.save(
      manager.create(Reconciliation, {
        id: uuid(),
        provider,
        billDate,
        status: 'running',
        lines: 0,
        matched: 0,
        withoutBill: false,
        error: null,
        requestedBy,
        createdAt: this.clock.now(),
        finishedAt: null,
      }),
    );
  }

  /**
   * The bill, or an empty one for a day without business: channels make none then. Where something is recorded here,
   * or the bill may still be made, its absence stays an error.
   */
  private async *orNothing(
    run: Reconciliation,
    bill: AsyncIterable<BillLine | UnreadableRow>,
  ): AsyncGenerator<BillLine | UnreadableRow> {
    try {
      yield* bill;
    } catch (error) {
      const absence = error instanceof BillUnavailableError ? error.absence : 'not_yet';
      const noneFrom = noBillFrom(run.billDate, absence);
      if (!noneFrom || this.clock.now() < noneFrom || (await this.hasRecords(run))) throw error;
      run.withoutBill = true;
    }
  }

  private async hasRecords({ provider, billDate }: Reconciliation): Promise<boolean> {
    const { from, to } = billDay(billDate);
    const [{ found }] = await this.dataSource.query(HAS_RECORDS, [
      provider,
      from,
      to,
      this.billsWhenAsked(provider),
    ]);
    return found;
  }

  private billsWhenAsked(provider: string): boolean {
    return this.providers.find(provider)?.billsRefundsWhen === 'asked';
  }

  private async compare(run: Reconciliation, bill: AsyncIterable<BillLine | UnreadableRow>): Promise<void> {
    const { id, provider, billDate } = run;
    const { rows, unreadable } = await stageBill(this.dataSource, id, bill);
    run.lines = rows;
    const { from, to } = billDay(billDate);
    await inTransaction(this.dataSource, async (manager) => {
      const parameters = [id, provider, from, to, this.clock.now()];
      await manager.query(TELL_UNREADABLE, [id, unreadable, this.clock.now()]);
      await manager.query(COMPARE_PAYMENTS, parameters);
      await manager.query(COMPARE_REFUNDS, [...parameters, this.billsWhenAsked(provider), billDate]);
      await manager.query(MARK_BILLED, [id, provider, billDate]);
      await manager.query(ENTERED_SINCE, [provider, 'entered here since']);
      await manager.query(FOUND_LATER, [id, provider, `found in the bill of ${billDate}`]);
      const rows: { matched: number }[] = await manager.query(COUNT_MATCHED, [id, run.lines]);
      run.matched = rows[0]!.matched;
    });
    await this.repair.settleWhatIsProven(id);
  }
}
