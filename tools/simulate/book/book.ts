import type { DataSource, EntityManager } from 'typeorm';
import { compare, fits, relationOf, Table, type Entity, type Row, type Where } from './table.js';

interface Find {
  where?: Where;
  relations?: Where;
  order?: Readonly<Record<string, 'ASC' | 'DESC'>>;
  take?: number;
}

/**
 * Tables in memory behind the part of TypeORM's `DataSource` and `EntityManager` that billing's own services use, so
 * that ten years of their work fit into a minute. Transactions run one after another, and one that throws is undone.
 */
export class Book {
  private readonly tables = new Map<Entity, Table>();
  private undo: (() => void)[] = [];
  private last: Promise<unknown> = Promise.resolve();
  /** Called with every row that was made or changed. */
  onWrite: (entity: Entity, row: Row) => void = () => undefined;

  /** Stands in for the real ones; what the book can't do isn't there and fails loudly. */
  get dataSource(): DataSource {
    const { manager } = this;
    const transaction = <T>(work: (manager: EntityManager) => Promise<T>) => this.transaction(work);
    return { manager, transaction, options: {} } as unknown as DataSource;
  }

  get manager(): EntityManager {
    return this as unknown as EntityManager;
  }

  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const run = this.last.then(async () => {
      this.undo = [];
      try {
        return await work(this.manager);
      } catch (error) {
        for (const step of this.undo.toReversed()) step();
        throw error;
      }
    });
    this.last = run.catch(() => undefined);
    return run;
  }

  create(entity: Entity, values: Row): object {
    return Object.assign(new entity(), values);
  }

  async insert(entity: Entity, values: Row | Row[]): Promise<void> {
    for (const one of [values].flat()) {
      this.undo.push(this.table(entity).insert(one));
      this.onWrite(entity, one);
    }
  }

  async save(saved: object): Promise<object> {
    const entity = saved.constructor as Entity;
    const row = this.rowOf(entity, saved as Row);
    if (row) this.change(entity, row, saved as Row);
    else await this.insert(entity, saved as Row);
    return saved;
  }

  async update(entity: Entity, where: Where, values: Row): Promise<{ affected: number }> {
    const rows = this.rows(entity, where);
    for (const row of rows) this.change(entity, row, values);
    return { affected: rows.length };
  }

  async find(entity: Entity, { where = {}, relations = {}, order = {}, take }: Find): Promise<object[]> {
    const rows = this.rows(entity, where);
    const by = Object.entries(order);
    rows.sort((a, b) => {
      for (const [name, way] of by) {
        const difference = compare(a[name], b[name]) * (way === 'ASC' ? 1 : -1);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    return rows.slice(0, take).map((row) => this.load(entity, row, relations));
  }

  findBy(entity: Entity, where: Where): Promise<object[]> {
    return this.find(entity, { where });
  }

  async findOne(entity: Entity, options: Find): Promise<object | null> {
    return (await this.find(entity, { ...options, take: 1 }))[0] ?? null;
  }

  findOneBy(entity: Entity, where: Where): Promise<object | null> {
    return this.findOne(entity, { where });
  }

  async findOneOrFail(entity: Entity, options: Find): Promise<object> {
    const found = await this.findOne(entity, options);
    if (!found) throw new Error(`the book has no such ${entity.name}`);
    return found;
  }

  findOneByOrFail(entity: Entity, where: Where): Promise<object> {
    return this.findOneOrFail(entity, { where });
  }

  async existsBy(entity: Entity, where: Where): Promise<boolean> {
    return this.rows(entity, where).length > 0;
  }

  async sum(entity: Entity, column: string, where: Where): Promise<number | null> {
    const rows = this.rows(entity, where);
    return rows.length === 0 ? null : rows.reduce((sum, row) => sum + (row[column] as number), 0);
  }

  /** The rows themselves, to be read only. */
  rows(entity: Entity, where: Where): Row[] {
    const asked = Object.entries(where).filter(([, value]) => value !== undefined);
    const found: Row[] = [];
    for (const row of this.table(entity).candidates(where)) {
      if (asked.every(([name, value]) => this.meets(entity, row, name, value))) found.push(row);
    }
    return found;
  }

  private meets(entity: Entity, row: Row, name: string, value: unknown): boolean {
    if (this.table(entity).columns.includes(name)) return fits(row[name], value);
    const { target, key } = relationOf(entity, name);
    return this.rows(target, { ...(value as Where), id: row[key!] }).length > 0;
  }

  private rowOf(entity: Entity, values: Row): Row | undefined {
    return this.rows(entity, Object.fromEntries(this.table(entity).keys.map((key) => [key, values[key]])))[0];
  }

  private change(entity: Entity, row: Row, values: Row): void {
    this.undo.push(this.table(entity).update(row, values));
    this.onWrite(entity, row);
  }

  private load(entity: Entity, row: Row, relations: Where): object {
    const loaded = Object.assign(new entity(), row) as Row;
    for (const [property, nested] of Object.entries(relations)) {
      const { target, key, inverseKey } = relationOf(entity, property);
      const where = key === null ? { [inverseKey!]: row['id'] } : { id: row[key] };
      const found =
        key !== null && row[key] === null
          ? []
          : this.rows(target, where).map((other) =>
              this.load(target, other, nested === true ? {} : (nested as Where)),
            );
      loaded[property] = key === null ? found : (found[0] ?? null);
    }
    return loaded;
  }

  private table(entity: Entity): Table {
    const known = this.tables.get(entity);
    if (known) return known;
    const made = new Table(entity);
    this.tables.set(entity, made);
    return made;
  }
}
