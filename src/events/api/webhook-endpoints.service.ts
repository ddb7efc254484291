import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import type { PageQueryDto } from '../../http/page-query.dto.js';
import { readPage, type Page } from '../../http/page.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import type { EventType } from '../types/event-types.js';
import { formerSecrets, SECRETS } from '../webhooks/endpoint-secrets.js';
import { newSecret } from '../webhooks/signature.js';
import { WebhookEndpoint } from '../records/webhook-endpoint.entity.js';
import { WebhookTargets } from '../webhooks/webhook-targets.js';

interface EndpointFields {
  url: string;
  types: EventType[];
  description: string | null;
  enabled: boolean;
}

const HOUR_MS = 3_600_000;

/** Who outside is told. Each change and its entry in the audit log, which has no secret, are one transaction. */
@Injectable()
export class WebhookEndpoints {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly targets: WebhookTargets,
  ) {
    this.audit = new AuditTrail('webhook_endpoint', clock);
  }

  /** Newest first. */
  list<Item>(page: PageQueryDto, toItem: (endpoint: WebhookEndpoint) => Item): Promise<Page<Item>> {
    return readPage(
      this.dataSource.createQueryBuilder(WebhookEndpoint, 'endpoint').where('TRUE'),
      page,
      toItem,
    );
  }

  /** @throws Problem NOT_FOUND */
  async get(id: string): Promise<WebhookEndpoint> {
    return found(await this.dataSource.manager.findOneBy(WebhookEndpoint, { id }));
  }

  /** @returns the endpoint with its secret, which is not shown again. @throws Problem VALIDATION_FAILED */
  async create(actorId: string, { url, ...fields }: Pick<EndpointFields, 'url'> & Partial<EndpointFields>) {
    await this.targets.require(url);
    const now = this.clock.now();
    return inTransaction(this.dataSource, async (manager) => {
      const endpoint = manager.create(WebhookEndpoint, {
        id: uuid(),
        url,
        description: fields.description ?? null,
        types: fields.types ?? [],
        enabled: fields.enabled ?? true,
        secret: newSecret(),
        previousSecret: null,
        previousSecretUntil: null,
        olderSecrets: [],
        createdAt: now,
        updatedAt: now,
      });
      await manager.insert(WebhookEndpoint, endpoint);
      await this.audit.note(manager, actorId, 'webhook_endpoint.created', endpoint.id, { url, ...fields });
      return endpoint;
    });
  }

  /** @throws Problem NOT_FOUND, VALIDATION_FAILED */
  async update(actorId: string, id: string, fields: Partial<EndpointFields>): Promise<WebhookEndpoint> {
    await this.get(id);
    if (fields.url !== undefined) await this.targets.require(fields.url);
    return inTransaction(this.dataSource, async (manager) => {
      await lock(manager, id);
      await manager.update(WebhookEndpoint, { id }, { ...fields, updatedAt: this.clock.now() });
      await this.audit.note(manager, actorId, 'webhook_endpoint.changed', id, fields);
      return manager.findOneByOrFail(WebhookEndpoint, { id });
    });
  }

  /** What it is still owed goes with it. @throws Problem NOT_FOUND */
  remove(actorId: string, id: string): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      const { url } = await lock(manager, id);
      await manager.delete(WebhookEndpoint, { id });
      await this.audit.note(manager, actorId, 'webhook_endpoint.removed', id, { url });
    });
  }

  /**
   * Makes a new secret. For `overlapHours` both sign, so that a receiver can change over whenever it likes; one whose
   * overlap isn't over signs on until it is. Without any overlap the new secret signs alone.
   * @throws Problem NOT_FOUND
   */
  rotate(actorId: string, id: string, overlapHours: number): Promise<WebhookEndpoint> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + overlapHours * HOUR_MS);
    return inTransaction(this.dataSource, async (manager) => {
      const endpoint = await lock(manager, id);
      const change = {
        secret: newSecret(),
        previousSecret: endpoint.secret,
        previousSecretUntil: until,
        olderSecrets: overlapHours === 0 ? [] : formerSecrets(endpoint, now),
        updatedAt: now,
      };
      await manager.update(WebhookEndpoint, { id }, change);
      await this.audit.note(manager, actorId, 'webhook_endpoint.secret_rotated', id, { overlapHours });
      return { ...(await manager.findOneByOrFail(WebhookEndpoint, { id })), secret: change.secret };
    });
  }
}

/** With its secrets, held until the transaction ends. */
async function lock(manager: EntityManager, id: string): Promise<WebhookEndpoint> {
  const query = manager.createQueryBuilder(WebhookEndpoint, 'endpoint').addSelect(SECRETS);
  return found(await query.where('endpoint.id = :id', { id }).setLock('pessimistic_write').getOne());
}

function found(endpoint: WebhookEndpoint | null): WebhookEndpoint {
  if (!endpoint) throw new Problem('NOT_FOUND', { params: { what: 'webhook endpoint' } });
  return endpoint;
}
