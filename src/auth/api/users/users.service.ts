import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { Account } from '../../identity/users/account.entity.js';
import { RegistrationListeners } from '../../identity/users/registration-listeners.js';
import type { ChangePassword, UpdateProfile } from './user.dto.js';
import { User } from '../../identity/users/user.entity.js';

export type NewUser = Pick<User, 'email' | 'passwordHash' | 'displayName' | 'role' | 'locale'>;

@Injectable()
export class Users {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly listeners: RegistrationListeners,
  ) {}

  /**
   * Makes a user, the personal account that owns what they will buy, and whatever the listeners give them.
   * @throws Problem EMAIL_TAKEN, also to all but one of those who try at the same time.
   */
  async create(manager: EntityManager, facts: NewUser): Promise<User> {
    const createdAt = this.clock.now();
    const personalAccountId = uuid();
    const user = manager.create(User, { ...facts, id: uuid(), personalAccountId, createdAt });
    await manager.insert(Account, { id: personalAccountId, kind: 'personal', createdAt });
    try {
      await manager.insert(User, user);
    } catch (error) {
      if (isUniqueViolation(error, 'users_email_key')) throw new Problem('EMAIL_TAKEN');
      throw error;
    }
    await this.listeners.registered(manager, user);
    return user;
  }

  /** @param email in its normal form. */
  findWithPassword(email: string): Promise<User | null> {
    return this.withPassword(this.dataSource.manager).where('user.email = :email', { email }).getOne();
  }

  /** @throws Problem UNAUTHENTICATED where the user isn't there any more though their token still is. */
  async get(id: string): Promise<User> {
    const user = await this.dataSource.manager.findOneBy(User, { id });
    if (!user) throw new Problem('UNAUTHENTICATED');
    return user;
  }

  async updateProfile(id: string, { displayName, locale }: UpdateProfile): Promise<User> {
    const changes = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(locale === undefined ? {} : { locale }),
    };
    if (Object.keys(changes).length > 0) await this.dataSource.manager.update(User, { id }, changes);
    return this.get(id);
  }

  /**
   * Every other session of the user ends; by API key, every session.
   * @throws Problem INVALID_CREDENTIALS where the current password is another one.
   */
  async changePassword(caller: AuthenticatedUser, change: ChangePassword): Promise<void> {
    const user = await this.withPassword(this.dataSource.manager)
      .where('user.id = :id', { id: caller.id })
      .getOne();
    if (!user) throw new Problem('UNAUTHENTICATED');
    const old = user.passwordHash;
    if (!(await this.passwords.verify(old, change.currentPassword))) throw new Problem('INVALID_CREDENTIALS');
    const passwordHash = await this.passwords.hash(change.newPassword);
    await inTransaction(this.dataSource, async (manager) => {
      // Of two changes at once, the second finds that its current password no longer is.
      const { affected } = await manager.update(User, { id: user.id, passwordHash: old }, { passwordHash });
      if (affected !== 1) throw new Problem('INVALID_CREDENTIALS');
      await this.sessions.endOthers(manager, user.id, caller.sessionId);
    });
  }

  private withPassword(manager: EntityManager) {
    return manager.createQueryBuilder(User, 'user').addSelect('user.passwordHash');
  }
}
