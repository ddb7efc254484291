import type { DataSource } from 'typeorm';
import { ReconciliationDto, type ReconciliationReportDto } from './reconciliation.dto.js';
import type { Reconciliation } from './reconciliation.entity.js';

const COUNTS = `
SELECT count(*) FILTER (WHERE kind = 'missing_here')::integer AS "missingHere",
  count(*) FILTER (WHERE kind = 'missing_there')::integer AS "missingThere",
  count(*) FILTER (WHERE kind = 'amount_differs')::integer AS "amountDiffers",
  count(*) FILTER (WHERE kind = 'unreadable')::integer AS unreadable,
  count(*) FILTER (WHERE resolution = 'settled')::integer AS settled,
  count(*) FILTER (WHERE resolution = 'open')::integer AS open
FROM commercial.reconciliation_differences WHERE reconciliation_id = $1`;

/** A run with its differences counted. */
export async function reconciliationReport(
  dataSource: DataSource,
  run: Reconciliation,
): Promise<ReconciliationReportDto> {
  const [differences] = await dataSource.query(COUNTS, [run.id]);
  return { ...ReconciliationDto.of(run), differences };
}
