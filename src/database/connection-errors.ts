import type { InjectionToken, Provider } from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from './tokens.js';

const heard = new WeakSet<Pool>();

/**
 * Gives every connection that the DataSource opens from now on a listener for its end.
 *
 * The pool listens only while a connection is idle, and TypeORM only from the moment that it has it. In between, right
 * after it is opened, nobody does: a server that ended there would end the process. Nothing is lost by not looking:
 * whoever has the connection is told by its next query.
 */
export function hearConnectionErrors(dataSource: DataSource): DataSource {
  const { master, slaves = [] } = dataSource.driver as unknown as { master?: Pool; slaves?: Pool[] };
  for (const pool of [master, ...slaves]) {
    if (!pool || heard.has(pool)) continue;
    heard.add(pool);
    pool.on('connect', (client) => client.on('error', () => {}));
  }
  return dataSource;
}

/** Provides the DataSource that stands in a module's options. */
export function dataSourceOf(options: InjectionToken): Provider {
  return {
    provide: COMMERCIAL_DATA_SOURCE,
    inject: [options],
    useFactory: ({ dataSource }: { dataSource: DataSource }) => hearConnectionErrors(dataSource),
  };
}
