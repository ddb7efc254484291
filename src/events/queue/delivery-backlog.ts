import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { eventDeliveriesDead, eventDeliveriesWaiting } from '../../metrics/metrics.js';

const KINDS = ['handlers', 'mail', 'webhook'];

/** How much is waiting and how much was given up, for the metrics. */
@Injectable()
export class DeliveryBacklog {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  async measure(): Promise<void> {
    const rows: { kind: string; waiting: number; dead: number }[] = await this.dataSource.query(
      `SELECT CASE WHEN endpoint_id IS NULL THEN destination ELSE 'webhook' END AS kind,
         count(*) FILTER (WHERE status = 'pending')::int AS waiting,
         count(*) FILTER (WHERE status = 'dead')::int AS dead
       FROM commercial.event_deliveries WHERE status IN ('pending', 'dead') GROUP BY 1`,
    );
    for (const kind of KINDS) {
      const row = rows.find((each) => each.kind === kind);
      eventDeliveriesWaiting.set({ kind }, row?.waiting ?? 0);
      eventDeliveriesDead.set({ kind }, row?.dead ?? 0);
    }
  }
}
