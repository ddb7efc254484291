import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { janitorLagSeconds, refundsPending } from '../../../metrics/metrics.js';
import { Clock } from '../../../time/clock.js';

/** Tells at each scrape how far the janitor is behind. Both queries are answered by the small index over open checks. */
@Injectable()
export class CheckMetrics implements OnModuleInit, OnApplicationShutdown {
  private readonly ends: (() => void)[] = [];

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ends.push(janitorLagSeconds.from(() => this.lagSeconds()));
    this.ends.push(
      refundsPending.from(() =>
        this.number(
          `SELECT count(*)::int AS number FROM commercial.payment_refunds WHERE check_at IS NOT NULL AND status = 'pending'`,
          [],
        ),
      ),
    );
  }

  onApplicationShutdown(): void {
    for (const end of this.ends.splice(0)) end();
  }

  private lagSeconds(): Promise<number> {
    return this.number(
      `SELECT coalesce(extract(epoch FROM $1::timestamptz - min(check_at)), 0)::float8 AS number FROM (
         SELECT min(check_at) AS check_at FROM commercial.orders WHERE check_at <= $1
         UNION ALL
         SELECT min(check_at) FROM commercial.payment_refunds WHERE check_at <= $1
       ) AS due`,
      [this.clock.now()],
    );
  }

  private async number(query: string, parameters: unknown[]): Promise<number> {
    const rows: { number: number }[] = await this.dataSource.query(query, parameters);
    return rows[0]!.number;
  }
}
