import type { EntityManager, ObjectLiteral } from 'typeorm';

/** Writes a row unless a unique constraint has one like it. @returns whether it did; a rival's transaction is waited for */
export async function insertNew<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Row,
  row: Partial<Row>,
): Promise<boolean> {
  const inserted = await manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values({ ...row } as never)
    .orIgnore()
    .returning('*')
    .execute();
  return inserted.raw.length > 0;
}
