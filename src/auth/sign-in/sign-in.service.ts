import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { Problem } from '../../problems/problem.js';
import { userView } from '../accounts/user.dto.js';
import { User, type Locale } from '../accounts/user.entity.js';
import { Users } from '../accounts/users.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Sessions } from '../sessions/sessions.service.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { LoginLimits } from './login-limits.js';
import type { Login, Register, SignedIn, TokenPair } from './sign-in.dto.js';

@Injectable()
export class SignIn {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly accessTokens: AccessTokens,
    private readonly passwords: PasswordHasher,
    private readonly limits: LoginLimits,
  ) {}

  /** @throws Problem EMAIL_TAKEN. */
  async register({ email, password, displayName }: Register, locale: Locale): Promise<SignedIn> {
    const passwordHash = await this.passwords.hash(password);
    return inTransaction(this.dataSource, async (manager) => {
      const facts = { email, passwordHash, displayName: displayName ?? null, role: 'user', locale } as const;
      return this.startSession(manager, await this.users.create(manager, facts));
    });
  }

  /** @throws Problem INVALID_CREDENTIALS, whichever of both is wrong; TOO_MANY_ATTEMPTS. */
  async login({ email, password }: Login, address: string): Promise<SignedIn> {
    const user = await this.limits.attempt(email, address, () => this.verify(email, password));
    if (!user) throw new Problem('INVALID_CREDENTIALS');
    return inTransaction(this.dataSource, async (manager) => {
      await this.lockUnlessChanged(manager, user);
      return this.startSession(manager, user);
    });
  }

  /** @throws Problem INVALID_REFRESH_TOKEN. */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const { user, familyId, refreshToken: successor } = await this.sessions.refresh(refreshToken);
    return this.pair(user, familyId, successor);
  }

  async logout(refreshToken: string): Promise<void> {
    await this.sessions.end(refreshToken);
  }

  private async verify(email: string, password: string): Promise<User | null> {
    const user = await this.users.findWithPassword(email);
    const right = user
      ? await this.passwords.verify(user.passwordHash, password)
      : await this.passwords.verifyNobody(password);
    return right ? user : null;
  }

  /** A change of password ends all sessions; one that is just starting with the old password must not slip through. */
  private async lockUnlessChanged(manager: EntityManager, { id, passwordHash }: User): Promise<void> {
    const unchanged = await manager
      .createQueryBuilder(User, 'user')
      .setLock('for_no_key_update')
      .where({ id, passwordHash })
      .getExists();
    if (!unchanged) throw new Problem('INVALID_CREDENTIALS');
  }

  private async startSession(manager: EntityManager, user: User): Promise<SignedIn> {
    const { familyId, refreshToken } = await this.sessions.start(manager, user.id);
    return { user: userView(user), ...this.pair(user, familyId, refreshToken) };
  }

  private pair(user: User, familyId: string, refreshToken: string): TokenPair {
    const accessToken = this.accessTokens.issue(user, familyId);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: this.accessTokens.lifeSeconds };
  }
}
