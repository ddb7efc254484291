import { Inject, Injectable } from '@nestjs/common';
import { In, type DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { IdempotencyKey } from '../../../idempotency/idempotency-key.entity.js';
import { Clock } from '../../../time/clock.js';
import { KnownCustomers } from '../../credentials/customers/known-customers.js';
import { Customers } from '../../credentials/customers/customers.service.js';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import { ServiceKey } from '../../credentials/service-keys/service-key.entity.js';
import { keyOwnerOf } from '../../identity/caller/key-owner.js';
import type { ServiceCaller } from '../../identity/caller/service-scopes.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { erasedExternalId } from '../../identity/customers/external-id.js';
import { ErasedMarks } from '../../identity/users/erased-marks.js';
import { Account } from '../../identity/users/account.entity.js';
import { PersonalData } from '../privacy/personal-data.js';

/** Deletes a customer as Erasure does a user: the rows that accounting needs stay, without the person. */
@Injectable()
export class CustomerErasure {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly customers: Customers,
    private readonly personalData: PersonalData,
    private readonly known: KnownCustomers,
    private readonly marks: ErasedMarks,
  ) {}

  /** @throws Problem NOT_FOUND */
  async erase(externalId: string, { serviceKeyId }: ServiceCaller): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { id, accountId } = await this.customers.lock(manager, externalId);
      // So that no money settles meanwhile.
      await manager.findOne(Account, { where: { id: accountId }, lock: { mode: 'for_no_key_update' } });
      const at = this.clock.now();
      // The address may be a user's as well, whose things stay.
      const email = `customer-${id}@customer.invalid`;
      await this.personalData.endAccount(manager, accountId, at);
      await this.personalData.erase(manager, { userId: id, personalAccountId: accountId, email }, at);
      await this.marks.leave(manager, { externalId }, accountId, at);
      await manager.delete(Membership, { accountId });
      const services = await manager.find(ServiceKey, { select: { firstKeyId: true } });
      const owners = services.map(({ firstKeyId }) => keyOwnerOf({ id, serviceKeyId: firstKeyId }));
      await manager.delete(IdempotencyKey, { userId: In([...new Set(owners)]) });
      await manager.update(Customer, { id }, {
        externalId: erasedExternalId(id),
        email: null,
        displayName: null,
        metadata: {},
        linkTokenHash: null,
        linkExpiresAt: null,
        erasedAt: at,
      } as never);
      await recordAudit(manager, {
        actorUserId: null,
        action: 'customer.erased',
        subjectType: 'customer',
        subjectId: id,
        detail: { serviceKeyId },
        at,
      });
    });
    this.known.forget(externalId);
  }
}
