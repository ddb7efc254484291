import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { Account } from '../../identity/users/account.entity.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { ErasedMarks } from '../../identity/users/erased-marks.js';
import { RegistrationListeners } from '../../identity/users/registration-listeners.js';

/** What an application says of its customer. What it leaves out stays as it is. */
export type CustomerFacts = Partial<Pick<Customer, 'email' | 'displayName' | 'locale' | 'metadata'>>;

const NOBODY: Required<CustomerFacts> = { email: null, displayName: null, locale: 'zh-CN', metadata: {} };

@Injectable()
export class Customers {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly listeners: RegistrationListeners,
    private readonly marks: ErasedMarks,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /**
   * Makes the customer with an account and whatever the listeners give a new one, together or not at all; or changes
   * the one that is there. Of many at once, one makes it.
   */
  async put(externalId: string, facts: CustomerFacts): Promise<{ customer: Customer; created: boolean }> {
    try {
      return await inTransaction(this.dataSource, async (manager) => {
        const known = await this.change(manager, externalId, facts);
        if (known) return { customer: known, created: false };
        return { customer: await this.make(manager, externalId, facts), created: true };
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'customers_external_id_key')) throw error;
      return this.put(externalId, facts);
    }
  }

  /** @throws Problem NOT_FOUND */
  async get(externalId: string, manager: EntityManager = this.dataSource.manager): Promise<Customer> {
    const customer = await manager.findOneBy(Customer, { externalId });
    if (!customer) throw new Problem('NOT_FOUND', { params: { what: 'customer' } });
    return customer;
  }

  /** What a host's user sees of themselves. @throws Problem UNAUTHENTICATED where the customer isn't there any more */
  async profile(
    id: string,
  ): Promise<Pick<Customer, 'id' | 'email' | 'displayName' | 'locale' | 'createdAt'>> {
    const customer = await this.dataSource.manager.findOneBy(Customer, { id, erasedAt: IsNull() });
    if (!customer) throw new Problem('UNAUTHENTICATED');
    const { email, displayName, locale, createdAt } = customer;
    return { id, email, displayName, locale, createdAt };
  }

  /** What isn't named stays as it is. */
  async changeProfile(
    id: string,
    { displayName, locale }: Pick<CustomerFacts, 'displayName' | 'locale'>,
  ): Promise<void> {
    const changes = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(locale === undefined ? {} : { locale }),
    };
    if (Object.keys(changes).length === 0) return;
    await this.dataSource.manager.update(Customer, { id, erasedAt: IsNull() }, changes);
  }

  /** As {@link get}, with its row locked until the transaction ends. */
  async lock(manager: EntityManager, externalId: string): Promise<Customer> {
    const lock = { mode: 'for_no_key_update' } as const;
    const customer = await manager.findOne(Customer, { where: { externalId }, lock });
    if (!customer) throw new Problem('NOT_FOUND', { params: { what: 'customer' } });
    return customer;
  }

  private async change(
    manager: EntityManager,
    externalId: string,
    facts: CustomerFacts,
  ): Promise<Customer | null> {
    const lock = { mode: 'for_no_key_update' } as const;
    const customer = await manager.findOne(Customer, { where: { externalId }, lock });
    if (!customer) return null;
    // A link that is on its way to another mailbox proves nothing about the new one.
    const moved = facts.email !== undefined && facts.email !== customer.email;
    const changes = { ...facts, ...(moved ? { linkTokenHash: null, linkExpiresAt: null } : {}) };
    if (Object.keys(changes).length > 0)
      await manager.update(Customer, { id: customer.id }, changes as never);
    return Object.assign(customer, changes);
  }

  private async make(manager: EntityManager, externalId: string, facts: CustomerFacts): Promise<Customer> {
    const createdAt = this.clock.now();
    const [id, accountId] = [uuid(), uuid()];
    const goesOnFrom = await this.marks.accountOf(manager, { externalId });
    await manager.insert(Account, { id: accountId, kind: 'personal', createdAt, goesOnFrom });
    const customer = manager.create(Customer, {
      ...NOBODY,
      locale: this.options.defaultLocale ?? NOBODY.locale,
      ...facts,
      id,
      externalId,
      accountId,
      createdAt,
      erasedAt: null,
      linkTokenHash: null,
      linkExpiresAt: null,
    });
    await manager.insert(Customer, customer as never);
    await this.listeners.registered(manager, {
      id,
      personalAccountId: accountId,
      email: customer.email,
    });
    return customer;
  }
}
