import { Inject, Injectable, Logger } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { DataSource, EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { isCommonPassword } from '../../identity/passwords/common-passwords.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';
import { MIN_PASSWORD } from '../../identity/passwords/password-length.js';
import { normalEmail } from '../../identity/users/email.js';
import { User } from '../../identity/users/user.entity.js';
import { Users } from './users.service.js';

@Injectable()
export class Administrators {
  private readonly logger = new Logger(Administrators.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly passwords: PasswordHasher,
    private readonly users: Users,
  ) {}

  /**
   * Makes the first administrator where there is none. A user who has that e-mail address already becomes it and keeps
   * their password. Processes that start together make one between them.
   * @throws Error where the address or the password is not fit for use.
   */
  async ensureAdministrator(first: { email: string; password: string }): Promise<void> {
    const email = normalEmail(first.email);
    if (!isEmail(email)) throw new Error(`The administrator's e-mail address is not one: "${first.email}"`);
    if (first.password.length < MIN_PASSWORD) {
      throw new Error(`The administrator's password must have at least ${MIN_PASSWORD} characters`);
    }
    if (isCommonPassword(first.password)) {
      throw new Error(`The administrator's password is one of the most common ones: choose another`);
    }
    if (await this.exists(this.dataSource.manager)) return;
    const passwordHash = await this.passwords.hash(first.password);
    await inTransaction(this.dataSource, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('commercial.first_administrator'))`);
      if (!(await this.exists(manager))) await this.makeFirst(manager, email, passwordHash);
    });
  }

  private exists(manager: EntityManager): Promise<boolean> {
    return manager.existsBy(User, { role: 'admin' });
  }

  private async makeFirst(manager: EntityManager, email: string, passwordHash: string): Promise<void> {
    const { affected } = await manager.update(User, { email }, { role: 'admin' });
    if (affected === 1) {
      this.logger.warn(
        "The first administrator's address was a user's, who is the administrator now and keeps their password",
      );
      return;
    }
    await this.users.create(manager, {
      email,
      passwordHash,
      displayName: null,
      role: 'admin',
      locale: 'zh-CN',
    });
    this.logger.log('Made the first administrator');
  }
}
