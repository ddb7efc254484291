import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { isUniqueViolation } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Account } from '../../identity/users/account.entity.js';
import { ErasedMarks } from '../../identity/users/erased-marks.js';
import { RegistrationListeners } from '../../identity/users/registration-listeners.js';
import type { UpdateProfileDto } from './user.dto.js';
import { User } from '../../identity/users/user.entity.js';

export type NewUser = Pick<User, 'email' | 'passwordHash' | 'displayName' | 'role' | 'locale'>;

@Injectable()
export class Users {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly listeners: RegistrationListeners,
    private readonly marks: ErasedMarks,
  ) {}

  /**
   * Makes a user, the personal account that owns what they will buy, and whatever the listeners give them.
   * @throws Problem EMAIL_TAKEN, also to all but one of those who try at the same time.
   */
  async create(manager: EntityManager, facts: NewUser): Promise<User> {
    const createdAt = this.clock.now();
    const personalAccountId = uuid();
    const user = manager.create(User, { ...facts, id: uuid(), personalAccountId, createdAt });
    const goesOnFrom = await this.marks.accountOf(manager, { email: facts.email });
    await manager.insert(Account, { id: personalAccountId, kind: 'personal', createdAt, goesOnFrom });
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
    return this.dataSource
      .createQueryBuilder(User, 'user')
      .addSelect('user.passwordHash')
      .where('user.email = :email', { email })
      .getOne();
  }

  /** @throws Problem UNAUTHENTICATED where the user isn't there any more though their token still is. */
  async get(id: string): Promise<User> {
    const user = await this.dataSource.manager.findOneBy(User, { id });
    if (!user) throw new Problem('UNAUTHENTICATED');
    return user;
  }

  async updateProfile(id: string, { displayName, locale }: UpdateProfileDto): Promise<User> {
    const changes = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(locale === undefined ? {} : { locale }),
    };
    if (Object.keys(changes).length > 0) await this.dataSource.manager.update(User, { id }, changes);
    return this.get(id);
  }
}
