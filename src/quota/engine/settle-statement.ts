import { booleanArray, integerArray, uuidArray } from './binary-array.js';
import type { Statement } from './debit-statement.js';

/** One commit, release or return, validated: its ids are UUIDs. */
export interface SettleRequest {
  accountId: string;
  usageId: string;
  /** What it is now: an open hold, or plainly consumed. */
  from: 'held' | 'consumed';
  /** What it costs in the end: null for all of it, 0 to give everything back. */
  cost: number | null;
}

/**
 * - `done`: this call did it
 * - `already`: an earlier one did the same
 * - `expired`: the hold's time was over before it was committed; its quota is back
 * - `conflict`: an earlier one did something else
 * - `exceeds`: more than was held; the hold stays open
 * - `missing`: the account has no such hold or usage
 */
export type SettleOutcome = 'done' | 'already' | 'expired' | 'conflict' | 'exceeds' | 'missing';

const OUTCOMES: Readonly<Record<number, SettleOutcome>> = {
  0: 'missing',
  1: 'done',
  2: 'already',
  4: 'expired',
  5: 'conflict',
  6: 'exceeds',
};

export interface SettleRow {
  outcomes: number[];
}

export interface SettleBatch {
  statement: Statement;
  answers(row: SettleRow): SettleOutcome[];
}

/** See the migration that makes `quota_settle_1`. */
const TEXT = `SELECT * FROM commercial.quota_settle_1($1::timestamptz, $2::uuid[], $3::uuid[], $4::boolean[], $5::integer[])`;

/** @param requests no two with the same usage id */
export function settleBatch(requests: readonly SettleRequest[], now: Date): SettleBatch {
  // Everybody locks in this order, so that no two batches block each other in a circle.
  const order = requests
    .map((_, index) => index)
    .sort((a, b) => (requests[a]!.usageId < requests[b]!.usageId ? -1 : 1));
  const ordered = order.map((index) => requests[index]!);
  return {
    statement: {
      name: 'commercial_quota_settle_1',
      text: TEXT,
      values: [
        now,
        uuidArray(ordered, ({ usageId }) => usageId),
        uuidArray(ordered, ({ accountId }) => accountId),
        booleanArray(ordered, ({ from }) => from === 'held'),
        integerArray(ordered, ({ cost }) => cost),
      ],
    },
    answers: ({ outcomes }) => {
      const placeOf = new Map(order.map((index, place) => [index, place]));
      return requests.map((_, index) => OUTCOMES[outcomes[placeOf.get(index)!]!]!);
    },
  };
}
