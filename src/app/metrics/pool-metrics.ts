import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Pool } from 'pg';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { AskedGauge } from '../../metrics/asked-gauge.js';
import { APP_DATA_SOURCE } from '../tokens.js';

export const poolMetrics = new Registry();

const connections = new AskedGauge({
  name: 'commercial_database_pool_connections',
  help: 'Connections to the database that this process has, by whether they are in use',
  labelName: 'state',
  register: poolMetrics,
  combine: 'sum',
});

const waiting = new AskedGauge({
  name: 'commercial_database_pool_waiting',
  help: 'Callers that wait for a connection to the database',
  register: poolMetrics,
  combine: 'sum',
});

/** Tells at each scrape how the pool stands. A host's pool is the host's own to measure. */
@Injectable()
export class PoolMetrics implements OnModuleInit, OnApplicationShutdown {
  private readonly ends: (() => void)[] = [];

  constructor(@Inject(APP_DATA_SOURCE) private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { master: pool } = this.dataSource.driver as unknown as { master: Pool };
    this.ends.push(
      connections.from(() => pool.idleCount, 'idle'),
      connections.from(() => pool.totalCount - pool.idleCount, 'busy'),
      waiting.from(() => pool.waitingCount),
    );
  }

  onApplicationShutdown(): void {
    for (const end of this.ends.splice(0)) end();
  }
}
