import { Client } from 'pg';
import type { Clock } from '../../../src/time/clock.js';
import { INVARIANTS } from '../../../test/support/invariants.js';
import type { Checks, Violation } from '../world.js';

/** Beside what must hold at every moment: what holds when everything due has been done. */
const WHEN_DONE: Readonly<Record<string, string>> = {
  'nothing is in force beyond its time': `
    SELECT id FROM commercial.subscriptions WHERE status = 'active' AND in_force_until <= $1::timestamptz`,
};

/** How the rows of a table are those of some accounts (\$1). */
const OWNED: Readonly<Record<string, string>> = {
  subscriptions: 'account_id = ANY($1::uuid[])',
  quota_balances: 'account_id = ANY($1::uuid[])',
  usage_logs: 'account_id = ANY($1::uuid[])',
  quota_holds: 'account_id = ANY($1::uuid[])',
  orders: 'account_id = ANY($1::uuid[])',
  account_credits: 'account_id = ANY($1::uuid[])',
  trials: 'account_id = ANY($1::uuid[])',
  topups: 'account_id = ANY($1::uuid[])',
  subscription_periods:
    'subscription_id IN (SELECT id FROM commercial.subscriptions WHERE account_id = ANY($1::uuid[]))',
  payment_refunds: 'payment_id IN (SELECT id FROM commercial.orders WHERE account_id = ANY($1::uuid[]))',
  coupon_redemptions: 'account_id = ANY($1::uuid[])',
  audit_log: 'subject_id IN (SELECT order_id FROM commercial.orders WHERE account_id = ANY($1::uuid[]))',
};
const TABLE = new RegExp(`\\b(FROM|JOIN)\\s+commercial\\.(${Object.keys(OWNED).join('|')})\\b`, 'g');

/** A query over the rows of some accounts only. */
function owned(query: string): string {
  return query.replace(
    TABLE,
    (_, word: string, table: string) => `${word} (SELECT * FROM commercial.${table} WHERE ${OWNED[table]})`,
  );
}

/** Those that name another table's rows of no account are left to the check of the whole book. */
const DAILY = Object.entries(INVARIANTS).filter(
  ([, query]) => !/commercial\.(idempotency_keys|quota_events|coupons)\b/.test(query),
);

/** Asks the database, on a connection of its own, what doesn't hold. */
export class DatabaseChecks implements Checks {
  readonly violations: Violation[] = [];
  /** How many sentences were asked about. */
  asked = 0;
  private readonly daily = union(DAILY.map(([sentence, query]) => [sentence, owned(query)]));

  private constructor(
    private readonly client: Client,
    private readonly clock: Clock,
  ) {}

  static async connect(url: string, clock: Clock): Promise<DatabaseChecks> {
    const client = new Client(url);
    await client.connect();
    return new DatabaseChecks(client, clock);
  }

  async day(day: number, accounts: readonly string[]): Promise<void> {
    if (accounts.length === 0) return;
    const { rows } = await this.client.query<{ sentence: string; rows: number }>({
      name: 'daily',
      text: this.daily,
      values: [accounts],
    });
    this.note(day, rows, DAILY.length);
  }

  async whole(day: number): Promise<void> {
    const now = this.clock.now();
    for (const [sentence, query] of Object.entries(INVARIANTS)) {
      const { rowCount } = await this.client.query(query);
      this.note(day, [{ sentence, rows: rowCount ?? 0 }], 1);
    }
    for (const [sentence, query] of Object.entries(WHEN_DONE)) {
      const { rowCount } = await this.client.query(query, [now]);
      this.note(day, [{ sentence, rows: rowCount ?? 0 }], 1);
    }
    await this.client.query('ANALYZE');
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private note(day: number, found: readonly { sentence: string; rows: number }[], asked: number): void {
    this.asked += asked;
    for (const { sentence, rows } of found) if (rows > 0) this.violations.push({ day, sentence, rows });
  }
}

function union(queries: readonly (readonly [string, string])[]): string {
  return queries
    .map(
      ([sentence, query]) =>
        `SELECT '${sentence.replaceAll("'", "''")}' AS sentence, count(*)::integer AS rows FROM (${query}) q`,
    )
    .join('\nUNION ALL\n');
}
