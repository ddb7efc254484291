import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, type DataSource, type EntityManager } from 'typeorm';
import { forgetOrigins } from '../../../audit/audit-purge.js';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { Account } from '../../identity/users/account.entity.js';
import { ErasedMarks } from '../../identity/users/erased-marks.js';
import { User } from '../../identity/users/user.entity.js';
import { Users } from '../users/users.service.js';
import { UserAdministration } from '../administration/user-administration.service.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { Memberships } from '../../credentials/memberships/memberships.service.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';
import { Sessions } from '../../credentials/sessions/sessions.service.js';
import { LoginLimits } from '../../identity/limits/login-limits.js';
import { PersonalData } from './personal-data.js';

/**
 * Deletes a person (PIPL, article 47). The rows of the user and of the personal account stay, without the person: what
 * accounting must keep goes on naming them.
 */
@Injectable()
export class Erasure {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly users: Users,
    private readonly administration: UserAdministration,
    private readonly memberships: Memberships,
    private readonly sessions: Sessions,
    private readonly passwords: PasswordHasher,
    private readonly limits: LoginLimits,
    private readonly personalData: PersonalData,
    private readonly marks: ErasedMarks,
  ) {}

  /**
   * @param address where the caller is, for the limit on wrong passwords.
   * @throws Problem INVALID_CREDENTIALS for a wrong password; TOO_MANY_ATTEMPTS; LAST_OWNER, LAST_ADMINISTRATOR to who
   * must hand over first.
   */
  async eraseSelf({ id }: AuthenticatedUser, password: string, address: string): Promise<void> {
    const { email } = await this.users.get(id);
    const verified = await this.limits.attempt(email, address, () => this.verify(email, password));
    if (!verified) throw new Problem('INVALID_CREDENTIALS');
    // Nobody knows it, and whoever tries costs as much as with any other user.
    const passwordHash = await this.passwords.hash(randomBytes(32).toString('base64url'));
    await inTransaction(this.dataSource, (manager) => this.erase(manager, id, passwordHash));
  }

  private async verify(email: string, password: string): Promise<true | null> {
    const user = await this.users.findWithPassword(email);
    return user && (await this.passwords.verify(user.passwordHash, password)) ? true : null;
  }

  private async erase(manager: EntityManager, id: string, passwordHash: string): Promise<void> {
    await this.administration.lock(manager);
    const user = await manager.findOne(User, {
      where: { id, erasedAt: IsNull() },
      lock: { mode: 'for_no_key_update' },
    });
    if (!user) throw new Problem('UNAUTHENTICATED');
    if (user.role === 'admin') await this.administration.requireAnotherAdministrator(manager, id);
    const ending = await this.lockAccounts(manager, user);
    const at = this.clock.now();
    await this.sessions.endOthers(manager, id, null);
    const { personalAccountId, email } = user;
    for (const accountId of ending) await this.personalData.endAccount(manager, accountId, at);
    await this.personalData.erase(manager, { userId: id, personalAccountId, email }, at);
    await this.marks.leave(manager, { email }, personalAccountId, at);
    const nobody = {
      email: `erased-${id}@user.invalid`,
      displayName: null,
      passwordHash,
      emailVerifiedAt: null,
    };
    const gone = { role: 'user', deactivatedAt: user.deactivatedAt ?? at, erasedAt: at } as const;
    await manager.update(User, { id }, { ...nobody, ...gone });
    const subject = { subjectType: 'user', subjectId: id, detail: {} };
    await recordAudit(manager, { actorUserId: id, action: 'user.erased', ...subject, at });
    await forgetOrigins(manager, id);
  }

  /**
   * Locks the organizations, so that none is left to people who don't own it, and the personal account, so that no money
   * settles.
   * @returns the accounts that end with the person: the personal one, and organizations in which nobody else can act.
   */
  private async lockAccounts(manager: EntityManager, { id, personalAccountId }: User): Promise<string[]> {
    const memberships = await this.memberships.lockAll(manager, id);
    const alone = await this.memberships.requireSuccessors(manager, memberships);
    const ending = [personalAccountId, ...alone];
    await manager.find(Account, {
      where: { id: In(ending) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    return ending;
  }
}
