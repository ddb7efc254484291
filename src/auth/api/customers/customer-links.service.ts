import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Customers } from '../../credentials/customers/customers.service.js';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import type { ServiceCaller } from '../../identity/caller/service-scopes.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { LinkLimits } from '../../identity/limits/link-limits.js';
import { createLinkToken, hashLinkToken } from '../../identity/links/link-token.js';
import { MAIL_TEXTS } from '../../identity/mail/mail-texts.js';
import { Mails } from '../../identity/mail/mails.service.js';
import { User } from '../../identity/users/user.entity.js';
import type { CustomerLinkDto } from './customer.dto.js';

const LIFE_DAYS = 7;
const DAY_MS = 86_400_000;

/** What a linked user is in the customer's account: they act for it, and it stays the application's customer's. */
const LINKED_ROLE = 'admin';

export interface LinkedAccount {
  id: string;
  kind: 'customer';
  name: string;
  role: typeof LINKED_ROLE;
  createdAt: Date;
}

/**
 * Lets a user act for a customer: by a link that is mailed to the customer's address, for who has signed in with that
 * very address and has proved it. The application alone links nobody, nor does an address that nobody proved.
 */
@Injectable()
export class CustomerLinks {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly customers: Customers,
    private readonly mails: Mails,
    private readonly limits: LinkLimits,
  ) {}

  /**
   * Mails a link, which takes the place of an earlier one.
   * @throws Problem NOT_FOUND, CUSTOMER_WITHOUT_EMAIL, CUSTOMER_LINKED, TOO_MANY_ATTEMPTS
   */
  async invite(externalId: string): Promise<CustomerLinkDto> {
    const { email } = await this.customers.get(externalId);
    if (email === null) throw new Problem('CUSTOMER_WITHOUT_EMAIL');
    await this.limits.requireMail('customer-link', email);
    const token = createLinkToken();
    const expiresAt = new Date(this.clock.now().getTime() + LIFE_DAYS * DAY_MS);
    const customer = await inTransaction(this.dataSource, async (manager) => {
      const locked = await this.customers.lock(manager, externalId);
      // It has moved since it was counted.
      if (locked.email !== email) throw new Problem('CUSTOMER_WITHOUT_EMAIL');
      const { id, accountId } = locked;
      if (await manager.existsBy(Membership, { accountId })) throw new Problem('CUSTOMER_LINKED');
      const link = { linkTokenHash: hashLinkToken(token), linkExpiresAt: expiresAt };
      await manager.update(Customer, { id }, link);
      return locked;
    });
    const link = this.mails.link('accept-invitation', token);
    const text = MAIL_TEXTS.LINK_CUSTOMER[customer.locale](link, LIFE_DAYS);
    this.mails.later(async () => ({ to: email, ...text }));
    return { email, expiresAt };
  }

  /** @returns the account that the user may act for from now on; null for a token that is none for them. */
  accept(caller: AuthenticatedUser, token: string): Promise<LinkedAccount | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const customer = await manager.findOne(Customer, {
        where: { linkTokenHash: hashLinkToken(token) },
        lock: { mode: 'for_no_key_update' },
      });
      const createdAt = this.clock.now();
      if (!customer?.linkExpiresAt || customer.linkExpiresAt <= createdAt) return null;
      const user = await manager.findOneOrFail(User, {
        where: { id: caller.id },
        lock: { mode: 'for_no_key_update' },
      });
      if (user.email !== customer.email || !user.emailVerifiedAt || user.deactivatedAt) return null;
      const { id: customerId, accountId, displayName, externalId } = customer;
      await manager.update(Customer, { id: customerId }, { linkTokenHash: null, linkExpiresAt: null });
      await manager.insert(Membership, { accountId, userId: user.id, role: LINKED_ROLE, createdAt });
      await recordAudit(manager, {
        actorUserId: user.id,
        action: 'customer.linked',
        subjectType: 'customer',
        subjectId: customerId,
        detail: { userId: user.id },
        at: createdAt,
      });
      return {
        id: accountId,
        kind: 'customer',
        name: displayName ?? externalId,
        role: LINKED_ROLE,
        createdAt,
      };
    });
  }

  /** Ends the link, or the wait for one. @throws Problem NOT_FOUND */
  async remove(externalId: string, { serviceKeyId }: ServiceCaller): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { id, accountId } = await this.customers.lock(manager, externalId);
      await manager.update(Customer, { id }, { linkTokenHash: null, linkExpiresAt: null });
      const { affected } = await manager.delete(Membership, { accountId });
      if (!affected) return;
      await recordAudit(manager, {
        actorUserId: null,
        action: 'customer.unlinked',
        subjectType: 'customer',
        subjectId: id,
        detail: { serviceKeyId },
        at: this.clock.now(),
      });
    });
  }
}
