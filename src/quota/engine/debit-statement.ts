import type { HoldMaker } from '../balances/quota-hold.entity.js';
import { bigintArray, integerArray, textArray, uuidArray } from './binary-array.js';

/** One debit, validated: its ids are UUIDs, its cost a whole number above 0. */
export interface DebitRequest {
  accountId: string;
  userId: string;
  quotaType: string;
  resourceType: string;
  resourceId: string | null;
  cost: number;
  metadata: Record<string, unknown> | null;
  usageId: string;
  /** Null where it is consumed at once. */
  hold: HoldTerms | null;
}

export interface HoldTerms {
  /** From this moment on it counts as released. */
  expiresAt: Date;
  madeBy: HoldMaker;
}

/**
 * - `done`: debited and recorded
 * - `known`: there already, under this usage id and account
 * - `due`: the account has to be brought up to date first (a new period, expired holds); nothing was done
 * - `refused`: doesn't fit
 * - `crowded`: as many holds are open as the plan allows at once
 * - `foreign`: the usage id belongs to another account
 */
export type DebitOutcome = 'done' | 'known' | 'due' | 'refused' | 'crowded' | 'foreign';

const OUTCOMES: readonly DebitOutcome[] = ['refused', 'done', 'known', 'due', 'crowded', 'foreign'];

export interface DebitAnswer {
  outcome: DebitOutcome;
  /** What the account has after this member of the batch; `resetsAt` is null where it has nothing of the type. */
  used: number;
  limit: number;
  remaining: number;
  resetsAt: Date | null;
  /** When the first of the open holds expires; null where none is open or nobody in the batch holds. */
  freesAt: Date | null;
}

/** A query as pg takes it. Its name makes pg prepare it once for each connection. */
export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** What the function answers with, one row: outcomes by member, the rest by group, as it was before the batch. */
export interface DebitRow {
  /** Null where all are done. */
  outcomes: number[] | null;
  used: number[];
  remaining: number[];
  limits: number[];
  resets: (number | null)[];
  frees: (number | null)[] | null;
  /** Whether a balance reached a threshold, and so wrote an event. */
  crossed: boolean;
}

export interface DebitBatch {
  statement: Statement;
  answers(row: DebitRow): DebitAnswer[];
}

/** See the migration that makes `quota_debit_1`: locks, decides in order of arrival, debits and records. */
const TEXT = `SELECT * FROM commercial.quota_debit_1(
  $1::timestamptz, $2::boolean, $3::uuid[], $4::text[], $5::bigint[], $6::integer[], $7::integer[], $8::uuid[],
  $9::uuid[], $10::text[], $11::text[], $12::integer[], ($13::text[])::jsonb[], ($14::text[])::timestamptz[], $15::text[])`;

/** One account and quota type; all of its members draw on the same balances. */
interface Group {
  accountId: string;
  quotaType: string;
  /** From 1, in the order of locking. */
  number: number;
  /** What all of its members cost together. */
  total: number;
}

/** @param check whether the usage ids may be there already */
export function debitBatch(requests: readonly DebitRequest[], now: Date, check: boolean): DebitBatch {
  const groups = new Map<string, Group>();
  const groupOf = requests.map((request) => join(groups, request));
  const ordered = [...groups.values()].sort(inLockOrder);
  ordered.forEach((group, index) => (group.number = index + 1));
  return {
    statement: {
      name: 'commercial_quota_debit_1',
      text: TEXT,
      values: [
        now,
        check,
        uuidArray(ordered, ({ accountId }) => accountId),
        textArray(ordered, ({ quotaType }) => quotaType),
        bigintArray(ordered, ({ total }) => total),
        integerArray(leadsOf(ordered), (lead) => lead),
        integerArray(groupOf, ({ number }) => number),
        uuidArray(requests, ({ usageId }) => usageId),
        uuidArray(requests, ({ userId }) => userId),
        textArray(requests, ({ resourceType }) => resourceType),
        given(requests, ({ resourceId }) => resourceId),
        integerArray(requests, ({ cost }) => cost),
        given(requests, ({ metadata }) => metadata && JSON.stringify(metadata)),
        given(requests, ({ hold }) => hold && hold.expiresAt.toISOString()),
        given(requests, ({ hold }) => hold && hold.madeBy),
      ],
    },
    answers: (row) =>
      requests.map(({ cost }, index) => answerOf(row, index, groupOf[index]!.number - 1, cost)),
  };
}

/** Null for an array that says nothing: the server then has nothing to read. */
function given(
  requests: readonly DebitRequest[],
  pick: (request: DebitRequest) => string | null,
): Buffer | null {
  return requests.every((request) => pick(request) === null) ? null : textArray(requests, pick);
}

/** Moves the group's state on, so that each member is told what was there right after it. */
function answerOf(row: DebitRow, member: number, group: number, cost: number): DebitAnswer {
  const outcome = row.outcomes ? OUTCOMES[row.outcomes[member]!]! : 'done';
  if (outcome === 'done') {
    row.used[group]! += cost;
    row.remaining[group] = Math.max(row.remaining[group]! - cost, 0);
  }
  return {
    outcome,
    used: row.used[group]!,
    limit: row.limits[group]!,
    remaining: row.remaining[group]!,
    resetsAt: moment(row.resets[group]),
    freesAt: moment(row.frees?.[group]),
  };
}

function moment(milliseconds: number | null | undefined): Date | null {
  return milliseconds == null ? null : new Date(milliseconds);
}

/** @returns the request's group, which is made for the first of it */
function join(groups: Map<string, Group>, { accountId, quotaType, cost }: DebitRequest): Group {
  const key = `${accountId} ${quotaType}`;
  let group = groups.get(key);
  if (!group) groups.set(key, (group = { accountId, quotaType, number: 0, total: 0 }));
  group.total += cost;
  return group;
}

/** Processes that lock in one order can't block each other in a circle. */
function inLockOrder(a: Group, b: Group): number {
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.quotaType < b.quotaType ? -1 : 1;
}

/** For each group the number of the first one of its account, which counts the holds for all of them. */
function leadsOf(ordered: readonly Group[]): number[] {
  let lead = 0;
  return ordered.map(({ accountId }, index) => {
    if (ordered[lead]!.accountId !== accountId) lead = index;
    return lead + 1;
  });
}
