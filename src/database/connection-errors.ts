import type { InjectionToken, Provider } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from './tokens.js';

const heardPools = new WeakSet<Pool>();
const heardClients = new WeakSet<PoolClient>();

/**
 * Gives every connection of the DataSource a listener for its end, for good.
 *
 * The pool listens only while a connection is idle, and who takes it only from the moment that it has it. In between, as
 * it is handed over, nobody does: a server that ended there would end the process. Nothing is lost by not looking:
 * whoever has the connection is told by its next query.
 */
export function hearConnectionErrors(dataSource: DataSource): DataSource {
  const { master, slaves = [] } = dataSource.driver as unknown as { master?: Pool; slaves?: Pool[] };
  for (const pool of [master, ...slaves]) {
    if (!pool || heardPools.has(pool)) continue;
    heardPools.add(pool);
    // Emitted before the pool stops listening, be the connection new or one that was opened before this was called.
    pool.on('acquire', hear);
  }
  return dataSource;
}

function hear(client: PoolClient): void {
  if (heardClients.has(client)) return;
  heardClients.add(client);
  client.on('error', () => {});
}

/** Provides the DataSource that stands in a module's options. */
export function dataSourceOf(options: InjectionToken): Provider {
  return {
    provide: COMMERCIAL_DATA_SOURCE,
    inject: [options],
    useFactory: ({ dataSource }: { dataSource: DataSource }) => hearConnectionErrors(dataSource),
  };
}
