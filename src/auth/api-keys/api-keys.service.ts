import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import type { PageQuery } from '../../http/page-query.dto.js';
import { readPage, type Page } from '../../http/page.js';
import { Problem } from '../../problems/problem.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { Clock } from '../../time/clock.js';
import { SCOPES, type Scope } from '../access/scopes.js';
import type { Role } from '../accounts/user.entity.js';
import type { AuthenticatedUser } from '../authenticated-user.js';
import { createApiKey, hashApiKey, shownPrefix } from './api-key-format.js';
import type { ApiKeyView, CreateApiKey, CreatedApiKey } from './api-key.dto.js';
import { ApiKey } from './api-key.entity.js';

@Injectable()
export class ApiKeys {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem VALIDATION_FAILED, FORBIDDEN for a scope that is above the user's role. */
  async create(user: AuthenticatedUser, wish: CreateApiKey): Promise<CreatedApiKey> {
    const createdAt = this.clock.now();
    const scopes = grantableScopes(user.role, wish.scopes);
    const expiresAt = futureTime(wish.expiresAt, createdAt);
    const key = createApiKey();
    const shown = { id: uuid(), name: wish.name, prefix: shownPrefix(key), scopes, expiresAt, createdAt };
    await this.dataSource.manager.insert(ApiKey, {
      ...shown,
      userId: user.id,
      accountId: user.accountRole === null ? null : user.accountId,
      keyHash: hashApiKey(key),
    });
    return { ...shown, key };
  }

  /** Newest first, without those that were deleted. */
  list(userId: string, query: PageQuery): Promise<Page<ApiKeyView>> {
    const builder = this.dataSource
      .createQueryBuilder(ApiKey, 'key')
      .where('key.userId = :userId AND key.revokedAt IS NULL', { userId });
    return readPage(builder, query, apiKeyView);
  }

  /** @throws Problem NOT_FOUND, for another user's key too. */
  async revoke(userId: string, id: string): Promise<void> {
    const { affected } = await this.dataSource.manager.update(
      ApiKey,
      { id, userId, revokedAt: IsNull() },
      { revokedAt: this.clock.now() },
    );
    if (affected !== 1) throw new Problem('NOT_FOUND', { params: { what: 'API key' } });
  }
}

/**
 * The scopes are written out also where all were wished for: a role that rises, or a scope that is invented, must not
 * widen a key that was made before.
 */
function grantableScopes(role: Role, wished: readonly Scope[] | null | undefined): Scope[] {
  if (!wished) return SCOPES.filter((scope) => scope !== 'admin' || role === 'admin');
  if (wished.includes('admin') && role !== 'admin') {
    throw new Problem('FORBIDDEN', { params: { reason: 'the scope admin takes an administrator' } });
  }
  return [...wished];
}

function futureTime(wished: string | null | undefined, now: Date): Date | null {
  if (wished === null || wished === undefined) return null;
  const time = new Date(wished);
  if (time > now) return time;
  throw invalidInput([{ field: 'expiresAt', message: 'expiresAt must be in the future' }]);
}

function apiKeyView(key: ApiKey): ApiKeyView {
  const { id, name, prefix, scopes, expiresAt, createdAt, lastUsedAt } = key;
  return { id, name, prefix, scopes: scopes as Scope[], expiresAt, createdAt, lastUsedAt };
}
