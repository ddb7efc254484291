import { Inject, Injectable, Logger } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { isCommonPassword } from '../../identity/passwords/common-passwords.js';
import { reasonAgainst } from '../../identity/passwords/known-words.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';
import { MIN_PASSWORD } from '../../identity/passwords/password-length.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { WaysIn } from '../../credentials/ways-in/ways-in.service.js';
import { isEmailAddress, normalEmail } from '../../identity/users/email.js';
import { User } from '../../identity/users/user.entity.js';
import { Users } from './users.service.js';

@Injectable()
export class Administrators {
  private readonly logger = new Logger(Administrators.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly passwords: PasswordHasher,
    private readonly users: Users,
    private readonly clock: Clock,
    private readonly waysIn: WaysIn,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /**
   * Makes the first administrator where there is none. Where the e-mail address is a user's already, anybody may have
   * registered it: that user becomes the administrator with the configured password, and every session, API key and link
   * from before ends. Processes that start together make one between them.
   * @throws Error where the address or the password is not fit for use.
   */
  async ensureAdministrator(first: { email: string; password: string }): Promise<void> {
    const email = normalEmail(first.email);
    if (!isEmailAddress(first.email))
      throw new Error(`The administrator's e-mail address is not one: "${first.email}"`);
    if (first.password.length < MIN_PASSWORD) {
      throw new Error(`The administrator's password must have at least ${MIN_PASSWORD} characters`);
    }
    if (isCommonPassword(first.password)) {
      throw new Error(`The administrator's password is one of the most common ones: choose another`);
    }
    const reason = reasonAgainst(first.password, { email, displayName: null, options: this.options });
    if (reason) throw new Error(`The administrator's password ${reason.en}`);
    if (await this.exists(this.dataSource.manager)) return;
    const passwordHash = await this.passwords.hash(first.password);
    await this.make(email, passwordHash).catch((error: unknown) => {
      // Somebody registered the address while it was looked up: now it is there to be taken over.
      if (error instanceof Problem && error.code === 'EMAIL_TAKEN') return this.make(email, passwordHash);
      throw error;
    });
  }

  private make(email: string, passwordHash: string): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('commercial.first_administrator'))`);
      if (!(await this.exists(manager))) await this.makeFirst(manager, email, passwordHash);
    });
  }

  /** The addresses of the administrators who can sign in, the first one first. */
  async emails(): Promise<string[]> {
    const found = await this.dataSource.manager.find(User, {
      select: { email: true },
      where: { role: 'admin', deactivatedAt: IsNull() },
      order: { createdAt: 'ASC' },
    });
    return found.map(({ email }) => email);
  }

  private exists(manager: EntityManager): Promise<boolean> {
    return manager.existsBy(User, { role: 'admin' });
  }

  private async makeFirst(manager: EntityManager, email: string, passwordHash: string): Promise<void> {
    const taken = await manager.findOne(User, { where: { email }, lock: { mode: 'for_no_key_update' } });
    if (taken) return this.takeOver(manager, taken, passwordHash);
    const user = await this.users.create(manager, {
      email,
      passwordHash,
      displayName: null,
      role: 'admin',
      locale: this.options.defaultLocale ?? 'zh-CN',
    });
    await this.vouchFor(manager, user);
    this.logger.log('Made the first administrator');
  }

  private async takeOver(manager: EntityManager, user: User, passwordHash: string): Promise<void> {
    const { id } = user;
    await manager.update(
      User,
      { id },
      { role: 'admin', passwordHash, displayName: null, deactivatedAt: null },
    );
    await this.waysIn.endWhatStrangersMade(manager, id);
    await this.vouchFor(manager, user);
    this.logger.warn(
      "The first administrator's address was a user's. That user is the administrator now, with the configured password; " +
        'every session, API key and link from before has ended',
    );
  }

  /** Whoever configures the service answers for the address. */
  private async vouchFor(manager: EntityManager, { id, role }: User): Promise<void> {
    const at = this.clock.now();
    await manager.update(User, { id, emailVerifiedAt: IsNull() }, { emailVerifiedAt: at });
    const detail = { from: role === 'admin' ? null : role, to: 'admin', by: 'configuration' };
    const subject = { subjectType: 'user', subjectId: id, detail };
    await recordAudit(manager, { actorUserId: null, action: 'user.role_changed', ...subject, at });
  }
}
