import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { hashApiKey, shownPrefix } from '../../credentials/api-keys/api-key-format.js';
import { createServiceKey } from '../../credentials/service-keys/service-key-format.js';
import { ServiceKey } from '../../credentials/service-keys/service-key.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { DEFAULT_OVERLAP_SECONDS } from '../api-keys/api-key.dto.js';
import { futureTime } from '../api-keys/api-keys.service.js';
import type { CreatedServiceKeyDto, CreateServiceKeyDto, ServiceKeyDto } from './service-key.dto.js';

/** What administrators do to service keys. Each deed and its entry in the audit log are one transaction. */
@Injectable()
export class ServiceKeys {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.audit = new AuditTrail('service_key', clock);
  }

  /** @throws Problem VALIDATION_FAILED */
  create(
    actor: AuthenticatedUser,
    { name, scopes, expiresAt }: CreateServiceKeyDto,
  ): Promise<CreatedServiceKeyDto> {
    const createdAt = this.clock.now();
    const facts = { name, scopes, expiresAt: futureTime(expiresAt, createdAt), createdAt };
    return inTransaction(this.dataSource, async (manager) => {
      const created = await this.insert(manager, facts, null);
      await this.audit.note(manager, actor.id, 'service_key.created', created.id, { name, scopes });
      return created;
    });
  }

  /**
   * Puts a new key in the place of one, which works until the overlap ends, or its own time. Of two rotations at once,
   * one is refused.
   * @throws Problem NOT_FOUND, API_KEY_REPLACED
   */
  rotate(
    actor: AuthenticatedUser,
    id: string,
    overlapSeconds = DEFAULT_OVERLAP_SECONDS,
  ): Promise<CreatedServiceKeyDto> {
    return inTransaction(this.dataSource, async (manager) => {
      const old = await manager.findOne(ServiceKey, {
        where: { id, revokedAt: IsNull() },
        lock: { mode: 'for_no_key_update' },
      });
      if (!old) throw new Problem('NOT_FOUND', { params: { what: 'service key' } });
      if (old.replacedBy) throw new Problem('API_KEY_REPLACED');
      const createdAt = this.clock.now();
      const { name, scopes } = old;
      const life = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
      const expiresAt = life === null ? null : new Date(createdAt.getTime() + life);
      const created = await this.insert(manager, { name, scopes, expiresAt, createdAt }, old.firstKeyId);
      const overlapEnd = new Date(createdAt.getTime() + overlapSeconds * 1000);
      const end = old.expiresAt && old.expiresAt < overlapEnd ? old.expiresAt : overlapEnd;
      await manager.update(ServiceKey, { id }, { expiresAt: end, replacedBy: created.id });
      await this.audit.note(manager, actor.id, 'service_key.rotated', id, { replacedBy: created.id });
      return created;
    });
  }

  /** Newest first, without those that were deleted. */
  list(query: PageQueryDto): Promise<Page<ServiceKeyDto>> {
    const builder = this.dataSource.createQueryBuilder(ServiceKey, 'key').where('key.revokedAt IS NULL');
    return readPage(builder, query, serviceKeyView);
  }

  /** @throws Problem NOT_FOUND */
  async revoke(actor: AuthenticatedUser, id: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const where = { id, revokedAt: IsNull() };
      const { affected } = await manager.update(ServiceKey, where, { revokedAt: this.clock.now() });
      if (affected !== 1) throw new Problem('NOT_FOUND', { params: { what: 'service key' } });
      await this.audit.note(manager, actor.id, 'service_key.deleted', id, {});
    });
  }

  private async insert(
    manager: EntityManager,
    facts: Pick<ServiceKey, 'name' | 'scopes' | 'expiresAt' | 'createdAt'>,
    firstKeyId: string | null,
  ): Promise<CreatedServiceKeyDto> {
    const key = createServiceKey();
    const { name, scopes, expiresAt, createdAt } = facts;
    const id = uuid();
    const shown = { id, name, prefix: shownPrefix(key), scopes, expiresAt, createdAt };
    await manager.insert(ServiceKey, { ...shown, keyHash: hashApiKey(key), firstKeyId: firstKeyId ?? id });
    return { ...shown, key };
  }
}

function serviceKeyView(row: ServiceKey): ServiceKeyDto {
  const { id, name, prefix, scopes, expiresAt, createdAt, lastUsedAt, replacedBy } = row;
  return { id, name, prefix, scopes, expiresAt, createdAt, lastUsedAt, replacedBy };
}
