import { FindOperator, getMetadataArgsStorage } from 'typeorm';

export type Row = Record<string, unknown>;
export type Entity = new () => object;
export type Where = Readonly<Record<string, unknown>>;

export interface RelationOf {
  /** The other entity, by what its property holds. */
  target: Entity;
  /** This table's property with the other's key; null where the other's property has this one's. */
  key: string | null;
  /** The other's property with this one's key, where it has it. */
  inverseKey: string | null;
}

/** The rows of one entity, as its own decorators describe it, found by any of its keys without looking through all. */
export class Table {
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  private readonly defaults: Row = {};
  private readonly rows = new Set<Row>();
  private readonly indexes = new Map<string, Map<unknown, Set<Row>>>();

  constructor(readonly entity: Entity) {
    const columns = getMetadataArgsStorage().columns.filter(({ target }) => target === entity);
    this.columns = columns.map(({ propertyName }) => propertyName);
    this.keys = columns.filter(({ options }) => options.primary).map(({ propertyName }) => propertyName);
    for (const { propertyName, options } of columns) {
      const { default: value } = options;
      this.defaults[propertyName] = typeof value === 'function' ? null : (value ?? null);
    }
    const indexed = this.columns.filter((name) => this.keys.includes(name) || /Id$|^code$/.test(name));
    for (const name of indexed) this.indexes.set(name, new Map());
  }

  /** @returns what undoes it */
  insert(values: Row): () => void {
    const row: Row = {};
    for (const column of this.columns) row[column] = values[column] ?? this.defaults[column];
    this.rows.add(row);
    for (const [name, index] of this.indexes) enter(index, row[name], row);
    return () => {
      this.rows.delete(row);
      for (const [name, index] of this.indexes) index.get(row[name])?.delete(row);
    };
  }

  /** @returns what undoes it */
  update(row: Row, values: Row): () => void {
    const former: Row = {};
    for (const column of this.columns) if (column in values) former[column] = row[column];
    this.write(row, values);
    return () => this.write(row, former);
  }

  /** Rows that may fit: all that share one indexed value with what is asked, in the order of their entry. */
  candidates(where: Where): Iterable<Row> {
    for (const [name, index] of this.indexes) {
      const asked = where[name];
      if (typeof asked === 'string') return index.get(asked) ?? [];
      if (asked instanceof FindOperator && asked.type === 'in') {
        return (asked.value as unknown as unknown[]).flatMap((one) => [...(index.get(one) ?? [])]);
      }
    }
    return this.rows;
  }

  private write(row: Row, values: Row): void {
    for (const column of this.columns) {
      if (!(column in values) || values[column] === undefined) continue;
      const index = this.indexes.get(column);
      index?.get(row[column])?.delete(row);
      row[column] = values[column];
      if (index) enter(index, row[column], row);
    }
  }
}

function enter(index: Map<unknown, Set<Row>>, value: unknown, row: Row): void {
  const rows = index.get(value);
  if (rows) rows.add(row);
  else index.set(value, new Set([row]));
}

/** Whether a value is what a condition of TypeORM asks for. @throws Error for a condition that the book can't answer */
export function fits(value: unknown, asked: unknown): boolean {
  if (!(asked instanceof FindOperator)) return compare(value, asked) === 0;
  const wanted = asked.value as unknown;
  switch (asked.type) {
    case 'in':
      return (wanted as unknown[]).includes(value);
    case 'isNull':
      return value === null;
    case 'not':
      return !fits(value, asked.child ?? wanted);
    case 'moreThan':
      return value !== null && compare(value, wanted) > 0;
    case 'moreThanOrEqual':
      return value !== null && compare(value, wanted) >= 0;
    case 'lessThanOrEqual':
      return value !== null && compare(value, wanted) <= 0;
    case 'like':
      return String(value).startsWith(String(wanted).replace('%', ''));
    default:
      throw new Error(`the book knows no condition "${asked.type}"`);
  }
}

export function compare(a: unknown, b: unknown): number {
  const [left, right] = [a instanceof Date ? a.getTime() : a, b instanceof Date ? b.getTime() : b];
  if (left === right) return 0;
  return (left as number) < (right as number) ? -1 : 1;
}

const relations = new Map<Entity, Map<string, RelationOf>>();

/** How a property of an entity leads to another one, by its decorators. */
export function relationOf(entity: Entity, property: string): RelationOf {
  const known = relations.get(entity) ?? new Map<string, RelationOf>();
  relations.set(entity, known);
  const found = known.get(property) ?? readRelation(entity, property);
  known.set(property, found);
  return found;
}

function readRelation(entity: Entity, property: string): RelationOf {
  const storage = getMetadataArgsStorage();
  const relation = storage.relations.find((one) => one.target === entity && one.propertyName === property);
  if (!relation) throw new Error(`${entity.name} has no relation "${property}"`);
  const target = (relation.type as () => Entity)();
  if (relation.relationType !== 'one-to-many')
    return { target, key: keyOf(entity, property), inverseKey: null };
  const inverse = storage.relations.find(
    (one) => one.target === target && typeof one.type === 'string' && one.type === entity.name,
  );
  return { target, key: null, inverseKey: keyOf(target, inverse!.propertyName) };
}

function keyOf(entity: Entity, property: string): string {
  const storage = getMetadataArgsStorage();
  const join = storage.joinColumns.find((one) => one.target === entity && one.propertyName === property);
  const column = storage.columns.find((one) => one.target === entity && one.options.name === join?.name);
  if (!column) throw new Error(`${entity.name}.${property} has no column`);
  return column.propertyName;
}
