import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import type { Scope } from '../../identity/caller/scopes.js';
import type { User } from '../../identity/users/user.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { requireVerifiedEmail } from '../../identity/users/verified-email.js';
import { Memberships } from '../memberships/memberships.service.js';
import { hashApiKey, isWellFormedApiKey } from './api-key-format.js';
import { ApiKey } from './api-key.entity.js';
import type { QuotaCap } from '../../identity/caller/quota-cap.js';

export const API_KEY_STRATEGY = 'commercial-api-key';

const USE_RECORDED_EVERY_MS = 60_000;

/**
 * `X-API-Key: <key>`. The role is the user's of this moment; without the scope `admin` an administrator's key is a
 * user's, so that nothing that asks for the role gives it more.
 */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, API_KEY_STRATEGY) {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {
    super();
  }

  /** @throws Problem FORBIDDEN where the e-mail address must be verified first. */
  async validate(request: {
    headers: Record<string, string | string[] | undefined>;
  }): Promise<AuthenticatedUser | false> {
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string' || !isWellFormedApiKey(key)) return false;
    const found = await this.find(key);
    const now = this.clock.now();
    if (!found?.user || found.revokedAt || (found.expiresAt && found.expiresAt <= now)) return false;
    if (found.user.deactivatedAt) return false;
    // Else a key made right after registering would do without the mailbox for good.
    requireVerifiedEmail(this.options, found.user);
    const acting = await this.account(found, found.user);
    if (!acting) return false;
    await this.recordUse(found, now);
    const { id, role } = found.user;
    return {
      id,
      ...acting,
      role: found.scopes.includes('admin') ? role : 'user',
      via: 'apiKey',
      sessionId: null,
      apiKeyId: found.id,
      scopes: found.scopes as Scope[],
      ...(found.quotaCap === null ? {} : { quotaCap: quotaCapOf(found, found.quotaCap) }),
    };
  }

  /** @returns null where the key is for an organization that its user has left. */
  private async account(
    { accountId }: ApiKey,
    user: User,
  ): Promise<Pick<AuthenticatedUser, 'accountId' | 'accountRole'> | null> {
    if (accountId === null) return { accountId: user.personalAccountId, accountRole: null };
    const accountRole = await this.memberships.roleOf(user.id, accountId);
    return accountRole && { accountId, accountRole };
  }

  private find(key: string): Promise<ApiKey | null> {
    return this.dataSource
      .getRepository(ApiKey)
      .findOne({ where: { keyHash: hashApiKey(key) }, relations: { user: true } });
  }

  /** The condition stands in the statement too, so that of many calls at once one writes. */
  private async recordUse(key: ApiKey, now: Date): Promise<void> {
    const stale = new Date(now.getTime() - USE_RECORDED_EVERY_MS);
    if (key.lastUsedAt && key.lastUsedAt > stale) return;
    await this.dataSource
      .createQueryBuilder()
      .update(ApiKey)
      .set({ lastUsedAt: now })
      .where('id = :id AND (last_used_at IS NULL OR last_used_at <= :stale)', { id: key.id, stale })
      .execute();
  }
}

function quotaCapOf({ id, firstKeyId }: ApiKey, limit: number): QuotaCap {
  return { keyId: firstKeyId ?? id, limit };
}
