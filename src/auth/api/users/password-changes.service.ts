import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import type { ChangePasswordDto } from './user.dto.js';
import { User } from '../../identity/users/user.entity.js';
import { Users } from './users.service.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { LoginLimits } from '../../identity/limits/login-limits.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { SecurityNotices } from '../../identity/mail/security-notices.js';
import { requireUnknownPassword } from '../../identity/passwords/known-words.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';

/** Changes of a password by a user who knows it. */
@Injectable()
export class PasswordChanges {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly passwords: PasswordHasher,
    private readonly limits: LoginLimits,
    private readonly sessions: Sessions,
    private readonly notices: SecurityNotices,
    clock: Clock,
  ) {
    this.audit = new AuditTrail('user', clock);
  }

  /**
   * Every other session of the user ends. A wrong current password counts as a failed login: a stolen access token must
   * not buy guesses.
   * @param address where the caller is, for the limit.
   * @throws Problem INVALID_CREDENTIALS for a wrong current password; VALIDATION_FAILED; TOO_MANY_ATTEMPTS.
   */
  async change(caller: AuthenticatedUser, change: ChangePasswordDto, address: string): Promise<void> {
    const { email } = await this.users.get(caller.id);
    const user = await this.limits.attempt(email, address, () => this.verify(email, change.currentPassword));
    if (!user) throw new Problem('INVALID_CREDENTIALS');
    requireUnknownPassword(change.newPassword, { ...user, options: this.options }, 'newPassword');
    const passwordHash = await this.passwords.hash(change.newPassword);
    await inTransaction(this.dataSource, async (manager) => {
      // Of two changes at once, the second finds that its current password no longer is.
      const current = { id: user.id, passwordHash: user.passwordHash };
      const { affected } = await manager.update(User, current, { passwordHash });
      if (affected !== 1) throw new Problem('INVALID_CREDENTIALS');
      await this.sessions.endOthers(manager, user.id, caller.sessionId);
      await this.audit.note(manager, user.id, 'user.password_changed', user.id, {});
    });
    this.notices.passwordChanged(user);
  }

  private async verify(email: string, password: string): Promise<User | null> {
    const user = await this.users.findWithPassword(email);
    return user && (await this.passwords.verify(user.passwordHash, password)) ? user : null;
  }
}
