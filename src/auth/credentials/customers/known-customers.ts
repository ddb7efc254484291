import { Inject, Injectable } from '@nestjs/common';
import { MoreThan, type DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { isExternalId } from '../../identity/customers/external-id.js';
import { FreshValue } from '../fresh-value.js';

export type KnownCustomer = Pick<Customer, 'id' | 'accountId' | 'email' | 'displayName'>;

interface Entry extends KnownCustomer {
  /** In business time. */
  since: number;
}

/** How many customers a process remembers, of whom each takes some 200 bytes. */
const MOST = 20_000;
const LIFE_MS = 60_000;
/** What was erased so long ago is in no process's memory any more. */
const ERASED_FOR_MS = 10 * LIFE_MS;

/**
 * Which account a customer's external id leads to. That never changes until the customer is erased, so a process may
 * remember it for a while; who was erased is known to all of them within half a second.
 */
@Injectable()
export class KnownCustomers {
  private readonly entries = new Map<string, Entry>();
  private readonly erased: FreshValue<ReadonlySet<string>>;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.erased = new FreshValue(() => this.load());
  }

  /** @returns null where there is no such customer. */
  find(externalId: unknown): KnownCustomer | null | Promise<KnownCustomer | null> {
    if (!isExternalId(externalId)) return null;
    const entry = this.entries.get(externalId);
    if (!entry || Math.abs(this.clock.now().getTime() - entry.since) >= LIFE_MS) return this.ask(externalId);
    const erased = this.erased.get();
    if (erased instanceof Promise) {
      return erased.then((ids) => (ids.has(entry.id) ? this.ask(externalId) : entry));
    }
    return erased.has(entry.id) ? this.ask(externalId) : entry;
  }

  /** For the process that erased the customer: it need not wait until that is known to all. */
  forget(externalId: string): void {
    this.entries.delete(externalId);
  }

  private async ask(externalId: string): Promise<KnownCustomer | null> {
    this.entries.delete(externalId);
    const found = await this.dataSource.manager.findOne(Customer, {
      select: { id: true, accountId: true, externalId: true, email: true, displayName: true },
      where: { externalId },
    });
    if (!found) return null;
    return this.remember(found);
  }

  /** Notes a customer as it was just read or written. */
  remember({
    id,
    accountId,
    externalId,
    email,
    displayName,
  }: KnownCustomer & Pick<Customer, 'externalId'>): KnownCustomer {
    this.entries.delete(externalId);
    if (this.entries.size >= MOST) this.entries.delete(this.entries.keys().next().value!);
    const entry = { id, accountId, email, displayName, since: this.clock.now().getTime() };
    this.entries.set(externalId, entry);
    return entry;
  }

  private async load(): Promise<ReadonlySet<string>> {
    const oldest = new Date(this.clock.now().getTime() - ERASED_FOR_MS);
    const rows = await this.dataSource.manager.find(Customer, {
      select: { id: true },
      where: { erasedAt: MoreThan(oldest) },
    });
    return new Set(rows.map(({ id }) => id));
  }
}
