import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../../identity/users/user.entity.js';
import { LinkLimits } from '../../identity/limits/link-limits.js';
import { MAIL_TEXTS } from '../../identity/mail/mail-texts.js';
import type { Mail } from '../../options/mailer.js';
import { Mails } from '../../identity/mail/mails.service.js';
import { LIFE_MINUTES, OneTimeTokens } from '../../identity/links/one-time-tokens.service.js';
import { LoginLimits } from '../../identity/limits/login-limits.js';
import { WaysIn } from '../../credentials/ways-in/ways-in.service.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { SecurityNotices } from '../../identity/mail/security-notices.js';
import { requireUnknownPassword } from '../../identity/passwords/known-words.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';

const PURPOSE = 'password_reset';

@Injectable()
export class PasswordResets {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly waysIn: WaysIn,
    private readonly tokens: OneTimeTokens,
    private readonly mails: Mails,
    private readonly linkLimits: LinkLimits,
    private readonly loginLimits: LoginLimits,
    private readonly notices: SecurityNotices,
  ) {}

  /**
   * Sends a link to the user of that address, if there is one; the look-up too comes after the answer, whose delay so
   * tells nothing.
   * @throws Problem TOO_MANY_ATTEMPTS, by the caller's address only.
   */
  async request(email: string, address: string): Promise<void> {
    if (await this.linkLimits.mayMail(PURPOSE, email, address)) this.mails.later(() => this.mailTo(email));
  }

  /**
   * Sets the password and ends every session, API key and link: whoever resets a password may have lost more than that.
   * The link also shows that the mailbox is the user's; where that is new, the invitations that they sent end too.
   * @throws Problem INVALID_LINK; VALIDATION_FAILED, after which the link still serves; TOO_MANY_ATTEMPTS.
   */
  async confirm(token: string, newPassword: string, address: string): Promise<void> {
    const user = await this.linkLimits.attempt(address, () => this.set(token, newPassword));
    if (!user) throw new Problem('INVALID_LINK');
    await this.loginLimits.forgive(user.email);
    this.notices.passwordChanged(user);
  }

  private async mailTo(email: string): Promise<Mail | null> {
    const user = await this.dataSource.manager.findOneBy(User, { email, deactivatedAt: IsNull() });
    if (!user) return null;
    const token = await inTransaction(this.dataSource, (manager) =>
      this.tokens.issue(manager, user.id, PURPOSE),
    );
    const link = this.mails.link('reset-password', token);
    return { to: email, ...MAIL_TEXTS.RESET[user.locale](link, LIFE_MINUTES[PURPOSE]) };
  }

  private async set(token: string, newPassword: string): Promise<User | null> {
    if (!(await this.tokens.isGood(this.dataSource.manager, token, PURPOSE))) return null;
    const passwordHash = await this.passwords.hash(newPassword);
    return inTransaction(this.dataSource, async (manager) => {
      const user = await this.tokens.redeem(manager, token, PURPOSE);
      if (!user) return null;
      // Thrown, so that the link serves for another try.
      requireUnknownPassword(newPassword, { ...user, options: this.options }, 'newPassword');
      const at = this.clock.now();
      const emailVerifiedAt = user.emailVerifiedAt ?? at;
      await manager.update(User, { id: user.id }, { passwordHash, emailVerifiedAt });
      if (user.emailVerifiedAt) await this.waysIn.end(manager, user.id);
      else await this.waysIn.endWhatStrangersMade(manager, user.id);
      const subject = { subjectType: 'user', subjectId: user.id, detail: {} };
      await recordAudit(manager, { actorUserId: user.id, action: 'user.password_reset', ...subject, at });
      return user;
    });
  }
}
