import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { invalidInput } from '../problems/validation.pipe.js';
import type { PageQueryDto } from './page-query.dto.js';

export interface Page<T> {
  items: T[];
  /** Asks for what follows; null on the last page. */
  nextCursor: string | null;
}

/** Where a list goes on. Times are kept to the millisecond in the database too, so a Date holds one exactly. */
export interface Position {
  createdAt: Date;
  id: string;
}

const POSITION =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url');
}

/** @throws Problem VALIDATION_FAILED naming the field `cursor`. */
export function decodeCursor(cursor: string): Position {
  const [, time, id] = POSITION.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const createdAt = new Date(time ?? NaN);
  if (id === undefined || Number.isNaN(createdAt.getTime())) {
    const message = {
      en: 'cursor must be a nextCursor of this list',
      'zh-CN': 'cursor 必须是此列表返回的 nextCursor',
    };
    throw invalidInput([{ field: 'cursor', message }]);
  }
  return { createdAt, id };
}

/**
 * One page, newest first, of what `builder` selects; its main entity has `createdAt` and `id`, or another UUID. Rows that arrive
 * meanwhile neither shift nor repeat an item, since a page starts after a position and not after a count.
 *
 * @param id the column that decides between rows of one moment, unique among those.
 * @throws Problem VALIDATION_FAILED for a cursor that no list made.
 */
export async function readPage<Row extends ObjectLiteral & Pick<Position, 'createdAt'>, Item>(
  builder: SelectQueryBuilder<Row>,
  query: PageQueryDto,
  toItem: (row: Row) => Item,
  id: keyof Row & string = 'id',
): Promise<Page<Item>> {
  const { alias } = builder;
  if (query.cursor !== undefined) {
    const after = decodeCursor(query.cursor);
    builder.andWhere(`(${alias}.createdAt, ${alias}.${id}) < (:afterTime, :afterId)`, {
      afterTime: after.createdAt,
      afterId: after.id,
    });
  }
  const rows = await builder
    .orderBy(`${alias}.createdAt`, 'DESC')
    .addOrderBy(`${alias}.${id}`, 'DESC')
    .take(query.limit + 1)
    .getMany();
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > query.limit && last ? encodeCursor({ createdAt: last.createdAt, id: last[id] }) : null;
  return { items: shown.map(toItem), nextCursor };
}

/** How many rows {@link everyRow} keeps at a time. */
const ROWS_AT_ONCE = 500;

/**
 * Everything that a builder selects, newest first, page by page: for exports, which may be longer than memory is wide.
 * @param builder makes a fresh one for each page.
 */
export async function* everyRow<Row extends ObjectLiteral & Position, Item>(
  builder: () => SelectQueryBuilder<Row>,
  toItem: (row: Row) => Item,
): AsyncGenerator<Item> {
  const query: PageQueryDto = { limit: ROWS_AT_ONCE };
  for (;;) {
    const { items, nextCursor } = await readPage(builder(), query, toItem);
    yield* items;
    if (nextCursor === null) return;
    query.cursor = nextCursor;
  }
}
