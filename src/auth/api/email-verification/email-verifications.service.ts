import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../../identity/users/user.entity.js';
import { requireVerifiedEmail } from '../../identity/users/verified-email.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { LinkLimits } from '../../identity/limits/link-limits.js';
import { MAIL_TEXTS } from '../../identity/mail/mail-texts.js';
import type { Mail } from '../../options/mailer.js';
import { Mails } from '../../identity/mail/mails.service.js';
import { LIFE_MINUTES, OneTimeTokens } from '../../identity/links/one-time-tokens.service.js';
import { WaysIn } from '../../credentials/ways-in/ways-in.service.js';

const PURPOSE = 'email_verification';

@Injectable()
export class EmailVerifications {
  private readonly isRequired: boolean;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly tokens: OneTimeTokens,
    private readonly mails: Mails,
    private readonly limits: LinkLimits,
    private readonly waysIn: WaysIn,
  ) {
    this.isRequired = options.requireVerifiedEmail ?? false;
  }

  /** @throws Problem FORBIDDEN where an address must be verified and the user's isn't. */
  require(user: User): void {
    requireVerifiedEmail(this.options, user);
  }

  /** A new user is written to where an address must be verified. */
  registered({ email }: User): void {
    if (!this.isRequired) return;
    // Many addresses can lead to one mailbox, so registrations count as requests do.
    this.mails.later(async () =>
      (await this.limits.mailboxTakes(PURPOSE, email)) ? this.mailTo(email) : null,
    );
  }

  /** As for a new password: whether anybody has the address, or has verified it, can't be told. */
  async request(email: string, address: string): Promise<void> {
    if (await this.limits.mayMail(PURPOSE, email, address)) this.mails.later(() => this.mailTo(email));
  }

  /**
   * Whatever was made before the address was shown to be the user's ends: sessions, API keys, links and invitations.
   * @throws Problem INVALID_LINK; TOO_MANY_ATTEMPTS.
   */
  async confirm(token: string, address: string): Promise<void> {
    const user = await this.limits.attempt(address, () => this.verify(token));
    if (!user) throw new Problem('INVALID_LINK');
  }

  private verify(token: string): Promise<User | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const user = await this.tokens.redeem(manager, token, PURPOSE);
      if (user && !user.emailVerifiedAt) {
        const at = this.clock.now();
        await manager.update(User, { id: user.id }, { emailVerifiedAt: at });
        await this.waysIn.endWhatStrangersMade(manager, user.id);
        const subject = { subjectType: 'user', subjectId: user.id, detail: {} };
        await recordAudit(manager, { actorUserId: user.id, action: 'user.email_verified', ...subject, at });
      }
      return user;
    });
  }

  private async mailTo(email: string): Promise<Mail | null> {
    const where = { email, deactivatedAt: IsNull(), emailVerifiedAt: IsNull() };
    const user = await this.dataSource.manager.findOneBy(User, where);
    if (!user) return null;
    const token = await inTransaction(this.dataSource, (manager) =>
      this.tokens.issue(manager, user.id, PURPOSE),
    );
    const link = this.mails.link('verify-email', token);
    return { to: email, ...MAIL_TEXTS.VERIFY[user.locale](link, LIFE_MINUTES[PURPOSE] / 60) };
  }
}
