import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { Clock } from '../../../time/clock.js';
import { SCOPES, type Scope } from '../../identity/caller/scopes.js';
import type { Role } from '../../identity/users/user.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { NOT_THEIRS } from '../../access/refusals.js';
import { Memberships } from '../../credentials/memberships/memberships.service.js';
import { SecurityNotices } from '../../identity/mail/security-notices.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { createApiKey, hashApiKey, shownPrefix } from '../../credentials/api-keys/api-key-format.js';
import { ApiKeyUsage } from '../../credentials/api-keys/api-key-usage.entity.js';
import {
  DEFAULT_LIFE_DAYS,
  DEFAULT_OVERLAP_SECONDS,
  MAX_API_KEYS,
  type ApiKeyDto,
  type CreateApiKeyDto,
  type CreatedApiKeyDto,
} from './api-key.dto.js';
import { ApiKey } from '../../credentials/api-keys/api-key.entity.js';
import { capPeriod } from '../../identity/caller/quota-cap.js';

const DAY_MS = 86_400_000;

@Injectable()
export class ApiKeys {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
    private readonly memberships: Memberships,
    private readonly notices: SecurityNotices,
  ) {
    this.audit = new AuditTrail('api_key', clock);
  }

  /** @throws Problem VALIDATION_FAILED; FORBIDDEN for a scope that is above the user's role; TOO_MANY_API_KEYS. */
  create(user: AuthenticatedUser, wish: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    const now = this.clock.now();
    const accountId = user.accountRole === null ? null : user.accountId;
    const facts = {
      userId: user.id,
      accountId,
      name: wish.name,
      scopes: grantableScopes(user.role, wish.scopes),
      expiresAt: endOf(wish.expiresAt, now),
      quotaCap: wish.quotaCap ?? null,
      createdAt: now,
    };
    return this.made(user, async (manager) => {
      await this.lockAccount(manager, user.id, accountId);
      await this.requireRoom(manager, user.id);
      const created = await this.insert(manager, facts);
      const { scopes, expiresAt } = facts;
      await this.audit.note(manager, user.id, 'api_key.created', created.id, {
        accountId,
        scopes,
        expiresAt,
      });
      return created;
    });
  }

  /**
   * Puts a new key in the place of one. The old one works until the overlap ends, or its own time; both count against
   * one cap. Of two rotations at once, one is refused.
   * @throws Problem NOT_FOUND, for another user's key too; API_KEY_REPLACED; FORBIDDEN for a scope that is above the
   * user's role by now; TOO_MANY_API_KEYS where the old one would work beside as many others as there may be.
   */
  rotate(
    user: AuthenticatedUser,
    id: string,
    overlapSeconds = DEFAULT_OVERLAP_SECONDS,
  ): Promise<CreatedApiKeyDto> {
    return this.made(user, async (manager) => {
      const glimpse = await manager.findOneBy(ApiKey, { id, userId: user.id });
      await this.lockAccount(manager, user.id, glimpse?.accountId ?? null);
      const old = await manager.findOne(ApiKey, {
        where: { id, userId: user.id, revokedAt: IsNull() },
        lock: { mode: 'for_no_key_update' },
      });
      if (!old) throw new Problem('NOT_FOUND', { params: { what: 'API key' } });
      if (old.replacedBy) throw new Problem('API_KEY_REPLACED');
      if (overlapSeconds > 0) await this.requireRoom(manager, user.id);
      const now = this.clock.now();
      const { userId, accountId, name, quotaCap } = old;
      const created = await this.insert(manager, {
        userId,
        accountId,
        name,
        scopes: grantableScopes(user.role, old.scopes as Scope[]),
        expiresAt:
          old.expiresAt && new Date(now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime()),
        quotaCap,
        firstKeyId: old.firstKeyId ?? old.id,
        createdAt: now,
      });
      const overlapEnd = new Date(now.getTime() + overlapSeconds * 1000);
      const expiresAt = old.expiresAt && old.expiresAt < overlapEnd ? old.expiresAt : overlapEnd;
      await manager.update(ApiKey, { id }, { expiresAt, replacedBy: created.id });
      await this.audit.note(manager, user.id, 'api_key.rotated', id, { replacedBy: created.id });
      return created;
    });
  }

  /** Newest first, without those that were deleted. */
  async list(userId: string, query: PageQueryDto): Promise<Page<ApiKeyDto>> {
    const builder = this.dataSource
      .createQueryBuilder(ApiKey, 'key')
      .where('key.userId = :userId AND key.revokedAt IS NULL', { userId });
    const { items, nextCursor } = await readPage(builder, query, (key) => key);
    const used = await this.usedOf(items);
    return { items: items.map((key) => apiKeyView(key, used)), nextCursor };
  }

  /** @throws Problem NOT_FOUND, for another user's key too. */
  async revoke(userId: string, id: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const alive = { id, userId, revokedAt: IsNull() };
      const { affected } = await manager.update(ApiKey, alive, { revokedAt: this.clock.now() });
      if (affected !== 1) throw new Problem('NOT_FOUND', { params: { what: 'API key' } });
      await this.audit.note(manager, userId, 'api_key.revoked', id, {});
    });
  }

  /** Makes a key under the lock of its maker, who is told of it by mail. */
  private async made(
    user: AuthenticatedUser,
    make: (manager: EntityManager) => Promise<CreatedApiKeyDto>,
  ): Promise<CreatedApiKeyDto> {
    const { maker, created } = await inTransaction(this.dataSource, async (manager) => {
      const locked = await this.sessions.lockCaller(manager, user);
      return { maker: locked, created: await make(manager) };
    });
    this.notices.apiKeyCreated(maker, created.prefix);
    return created;
  }

  /**
   * An organization's key is made by a member: who is being removed at the same time gets none that would work again when
   * they come back.
   * @throws Problem FORBIDDEN.
   */
  private async lockAccount(manager: EntityManager, userId: string, accountId: string | null): Promise<void> {
    if (accountId === null) return;
    await this.memberships.lock(manager, accountId);
    if (await this.memberships.actingRole(manager, userId, accountId)) return;
    throw new Problem('FORBIDDEN', { params: { reason: NOT_THEIRS } });
  }

  /** The caller has locked the user's row. @throws Problem TOO_MANY_API_KEYS. */
  private async requireRoom(manager: EntityManager, userId: string): Promise<void> {
    const working = { userId, revokedAt: IsNull() };
    const count = await manager.countBy(ApiKey, [
      { ...working, expiresAt: IsNull() },
      { ...working, expiresAt: MoreThan(this.clock.now()) },
    ]);
    if (count >= MAX_API_KEYS) throw new Problem('TOO_MANY_API_KEYS', { params: { limit: MAX_API_KEYS } });
  }

  private async insert(
    manager: EntityManager,
    facts: Pick<ApiKey, 'userId' | 'accountId' | 'name' | 'expiresAt' | 'quotaCap' | 'createdAt'> & {
      scopes: Scope[];
      firstKeyId?: string;
    },
  ): Promise<CreatedApiKeyDto> {
    const key = createApiKey();
    const { name, scopes, expiresAt, quotaCap, createdAt } = facts;
    const shown = { id: uuid(), name, prefix: shownPrefix(key), scopes, expiresAt, quotaCap, createdAt };
    await manager.insert(ApiKey, { ...facts, ...shown, keyHash: hashApiKey(key) });
    return { ...shown, key };
  }

  /** What of their caps is used in this month, by the first of the keys that follow one another. */
  private async usedOf(keys: readonly ApiKey[]): Promise<ReadonlyMap<string, number>> {
    const firsts = keys.filter(({ quotaCap }) => quotaCap !== null).map(firstKeyOf);
    if (firsts.length === 0) return new Map();
    const periodStart = capPeriod(this.clock.now()).start;
    const rows = await this.dataSource.manager.findBy(ApiKeyUsage, { keyId: In(firsts), periodStart });
    return new Map(rows.map(({ keyId, used }) => [keyId, used]));
  }
}

/**
 * The scopes are written out also where all were wished for: a role that rises, or a scope that is invented, must not
 * widen a key that was made before.
 */
function grantableScopes(role: Role, wished: readonly Scope[] | null | undefined): Scope[] {
  if (!wished) return SCOPES.filter((scope) => scope !== 'admin' || role === 'admin');
  if (wished.includes('admin') && role !== 'admin') {
    const reason = { en: 'the scope admin takes an administrator', 'zh-CN': 'admin 权限范围仅限管理员' };
    throw new Problem('FORBIDDEN', { params: { reason } });
  }
  return [...wished];
}

export function futureTime(wished: string | null | undefined, now: Date): Date | null {
  if (wished === null || wished === undefined) return null;
  const time = new Date(wished);
  if (time > now) return time;
  const message = { en: 'expiresAt must be in the future', 'zh-CN': 'expiresAt 必须晚于当前时间' };
  throw invalidInput([{ field: 'expiresAt', message }]);
}

function apiKeyView(key: ApiKey, usedOf: ReadonlyMap<string, number>): ApiKeyDto {
  const { id, name, prefix, scopes, expiresAt, quotaCap, createdAt, lastUsedAt, replacedBy } = key;
  const quotaUsed = quotaCap === null ? null : (usedOf.get(firstKeyOf(key)) ?? 0);
  const facts = { id, name, prefix, scopes: scopes as Scope[], expiresAt, quotaCap, createdAt };
  return { ...facts, lastUsedAt, quotaUsed, replacedBy };
}

function firstKeyOf({ id, firstKeyId }: ApiKey): string {
  return firstKeyId ?? id;
}

/** @param wished undefined for the default, null for no end. */
function endOf(wished: string | null | undefined, now: Date): Date | null {
  if (wished === undefined) return new Date(now.getTime() + DEFAULT_LIFE_DAYS * DAY_MS);
  return futureTime(wished, now);
}
