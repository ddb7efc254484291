import { IsString, Matches, ValidateBy } from 'class-validator';
import { yuanFromFen } from '../../../money/fen.js';
import { isBillDate } from './bill-day.js';
import type {
  DifferenceKind,
  DifferenceResolution,
  ReconciliationDifference,
} from './reconciliation-difference.entity.js';
import type { Reconciliation, ReconciliationStatus } from './reconciliation.entity.js';
import { says } from '../../../problems/says.js';

export class CreateReconciliationDto {
  /** The day in Beijing; its bill is made on the next day after 10:00. @example "2026-11-21" */
  @ValidateBy(
    { name: 'isBillDate', validator: { validate: isBillDate } },
    says('must be a day of the calendar, YYYY-MM-DD', '必须是日历上的日期，格式为 YYYY-MM-DD'),
  )
  date: string;

  /** @example "alipay" */
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, says('must be the name of a payment channel', '必须是支付渠道的名称'))
  provider: string;
}

export class ReconciliationDto {
  /** @format uuid */
  id: string;

  /** @example "alipay" */
  provider: string;

  /** The day in Beijing. @example "2026-11-21" */
  date: string;

  status: ReconciliationStatus;

  /** How many lines the bill has. @example 1042 */
  lines: number;

  /** How many of them agreed with a payment or refund here. @example 1040 */
  matched: number;

  /**
   * The channel had no bill of that day when none could be on its way any more, and nothing is recorded here either: it
   * was matched with nothing. Run it again for a bill that was later than that.
   * @example false
   */
  withoutBill: boolean;

  /** Why it could not be done; null where it was. */
  error: string | null;

  /** @format date-time */
  createdAt: string;

  /** @format date-time */
  finishedAt: string | null;

  static of(this: void, run: Reconciliation): ReconciliationDto {
    return {
      id: run.id,
      provider: run.provider,
      date: run.billDate,
      status: run.status,
      lines: run.lines,
      matched: run.matched,
      withoutBill: run.withoutBill,
      error: run.error,
      createdAt: run.createdAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
    };
  }
}

export class ReconciliationListDto {
  items: ReconciliationDto[];
  nextCursor: string | null;
}

/** How many differences of each kind; `settled` and `open` are what became of all of them. */
export class DifferenceCountsDto {
  /** The bill has it, we don't. @example 1 */
  missingHere: number;

  /** We have it, the bill doesn't. @example 0 */
  missingThere: number;

  /** @example 1 */
  amountDiffers: number;

  /** Rows of the bill that can't be told apart. @example 0 */
  unreadable: number;

  /** Entered here after the channel was asked once more. @example 1 */
  settled: number;

  /** For a person. @example 1 */
  open: number;
}

export class ReconciliationReportDto extends ReconciliationDto {
  differences: DifferenceCountsDto;
}

export class DifferenceDto {
  /** @format uuid */
  id: string;

  kind: DifferenceKind;

  /** Null for a row that can't be read. */
  entry: 'payment' | 'refund' | null;

  /** Null for a row that can't be read. */
  orderId: string | null;

  refundNo: string | null;

  /** The channel's own number of the payment. */
  tradeNo: string | null;

  /** In yuan; null where the bill lacks it. @example "99.00" */
  channelAmount: string | null;

  /** In yuan; null where nothing is recorded here. @example "99.00" */
  ourAmount: string | null;

  resolution: DifferenceResolution;

  /** What was found out about it; of a row that can't be read: its place, what is wrong, and its text. */
  detail: string | null;

  static of(this: void, difference: ReconciliationDifference): DifferenceDto {
    const { id, kind, entry, orderId, refundNo, tradeNo, channelFen, ourFen, resolution, detail } =
      difference;
    return {
      id,
      kind,
      entry,
      orderId,
      refundNo,
      tradeNo,
      channelAmount: channelFen === null ? null : yuanFromFen(Number(channelFen)),
      ourAmount: ourFen === null ? null : yuanFromFen(Number(ourFen)),
      resolution,
      detail,
    };
  }
}

export class DifferenceListDto {
  items: DifferenceDto[];
  nextCursor: string | null;
}
