import type { Db } from 'pg-boss';
import type { Pool, PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** The host's own pool: jobs open no connection beside it. */
export function poolOf(dataSource: DataSource): Db {
  const { master } = dataSource.driver as unknown as { master: Pool };
  return { executeSql: (text, values) => master.query(text, values) };
}

/** The connection of a running transaction: what is written through it is there when that commits, and not before. */
export function transactionOf(manager: EntityManager): Db {
  const runner = manager.queryRunner;
  if (!runner?.isTransactionActive) throw new Error('a job is queued inside a transaction; none is running');
  return {
    async executeSql(text, values) {
      const client = (await runner.connect()) as PoolClient;
      return client.query(text, values);
    },
  };
}
