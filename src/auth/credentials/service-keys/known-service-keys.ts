import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import type { ServiceCaller } from '../../identity/caller/service-scopes.js';
import { hashApiKey } from '../api-keys/api-key-format.js';
import { FreshValue } from '../fresh-value.js';
import { isWellFormedServiceKey } from './service-key-format.js';
import { ServiceKey } from './service-key.entity.js';

const USE_RECORDED_EVERY_MS = 60_000;

/**
 * The service keys that work, by their hash. Each process keeps all of them, since they are few, so that no request
 * waits for the database to learn whose key it carries. A deleted one is refused by every process within half a second.
 */
@Injectable()
export class KnownServiceKeys {
  private readonly keys: FreshValue<ReadonlyMap<string, ServiceKey>>;
  /** When this process last recorded a use of a key, in business time. */
  private readonly recordedAt = new Map<string, number>();

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.keys = new FreshValue(() => this.load());
  }

  /** @returns who calls with that key; null where it is none, or works no longer. */
  callerOf(key: string): ServiceCaller | null | Promise<ServiceCaller | null> {
    if (!isWellFormedServiceKey(key)) return null;
    const hash = hashApiKey(key).toString('base64');
    const keys = this.keys.get();
    const found = keys instanceof Promise ? undefined : keys.get(hash);
    return found && !this.isUseDue(found) ? this.caller(found) : this.find(keys, hash);
  }

  private async find(
    keys: ReadonlyMap<string, ServiceKey> | Promise<ReadonlyMap<string, ServiceKey>>,
    hash: string,
  ): Promise<ServiceCaller | null> {
    // One that was made a moment ago works at once.
    const found = (await keys).get(hash) ?? (await this.keys.latest()).get(hash);
    if (!found) return null;
    if (this.isUseDue(found)) await this.recordUse(found);
    return this.caller(found);
  }

  private caller({ firstKeyId, scopes, expiresAt }: ServiceKey): ServiceCaller | null {
    return expiresAt && expiresAt <= this.clock.now() ? null : { serviceKeyId: firstKeyId, scopes };
  }

  private isUseDue({ id, lastUsedAt }: ServiceKey): boolean {
    const last = Math.max(this.recordedAt.get(id) ?? -Infinity, lastUsedAt?.getTime() ?? -Infinity);
    return Math.abs(this.clock.now().getTime() - last) >= USE_RECORDED_EVERY_MS;
  }

  /** The condition stands in the statement too, so that of many processes at once one writes. */
  private async recordUse({ id }: ServiceKey): Promise<void> {
    const now = this.clock.now();
    this.recordedAt.set(id, now.getTime());
    const stale = new Date(now.getTime() - USE_RECORDED_EVERY_MS);
    await this.dataSource
      .createQueryBuilder()
      .update(ServiceKey)
      .set({ lastUsedAt: now })
      .where('id = :id AND (last_used_at IS NULL OR last_used_at <= :stale)', { id, stale })
      .execute();
  }

  private async load(): Promise<ReadonlyMap<string, ServiceKey>> {
    const rows = await this.dataSource.manager.findBy(ServiceKey, { revokedAt: IsNull() });
    return new Map(rows.map((row) => [row.keyHash.toString('base64'), row]));
  }
}
