import { NestFactory } from '@nestjs/core';
import { dayBefore } from '../../billing/settlement/reconciliation/bill-day.js';
import { reconciliationReport } from '../../billing/settlement/reconciliation/reconciliation-report.js';
import type { ReconciliationReportDto } from '../../billing/settlement/reconciliation/reconciliation.dto.js';
import { ReconciliationService } from '../../billing/settlement/reconciliation/reconciliation.service.js';
import type { CommercialOptions } from '../commercial-options.js';
import { CommercialModule } from '../commercial.module.js';
import { UnknownChannel } from './unknown-channel.js';

/** Which bills a command compares. */
export interface WantedBills {
  /** Default: yesterday's. */
  date?: string;
  /** Default: every channel's that has bills. */
  provider?: string;
}

/** Compares bills with the records here, one after the other. @throws UnknownChannel */
export async function* compareBills(
  options: CommercialOptions,
  { date, provider }: WantedBills,
): AsyncGenerator<ReconciliationReportDto> {
  const app = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({ ...options, routes: false }),
    { logger: ['error'], abortOnError: false },
  );
  try {
    const reconciliations = app.get(ReconciliationService, { strict: false });
    const known = reconciliations.reconcilable;
    if (provider !== undefined && !known.includes(provider)) throw new UnknownChannel(provider, known);
    for (const name of provider ? [provider] : known) {
      const day = date ?? dayBefore((options.clock ?? { now: () => new Date() }).now());
      const run = await reconciliations.run(name, day, null);
      yield await reconciliationReport(options.dataSource, run);
    }
  } finally {
    await app.close();
  }
}

/** Whether a person has to look at it. */
export function needsAttention({ status, differences }: ReconciliationReportDto): boolean {
  return status !== 'done' || differences.open > 0;
}

export function lineOf(report: ReconciliationReportDto): string {
  const { provider, date, status, error, lines, matched, withoutBill, differences } = report;
  if (status !== 'done') return `${provider} ${date}: ${status}: ${error}`;
  if (withoutBill) return `${provider} ${date}: the channel has no bill, and nothing is recorded here`;
  const { missingHere, missingThere, amountDiffers, settled, open } = differences;
  return (
    `${provider} ${date}: ${lines} lines, ${matched} matched; missing here ${missingHere}, missing there ` +
    `${missingThere}, amount differs ${amountDiffers}; settled ${settled}, open ${open}`
  );
}
