import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { NOT_FOR_HOST_USERS } from '../../access/refusals.js';
import { HostUsers } from '../../access/host-users.js';
import { userView } from '../users/user.dto.js';
import { User, type Locale } from '../../identity/users/user.entity.js';
import { Users } from '../users/users.service.js';
import { EmailVerifications } from '../email-verification/email-verifications.service.js';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import { requireUnknownPassword } from '../../identity/passwords/known-words.js';
import { PasswordHasher } from '../../identity/passwords/password-hasher.js';
import { Sessions, type SignInKind } from '../../credentials/sessions/sessions.service.js';
import { AccessTokens } from '../../credentials/tokens/access-tokens.js';
import { deviceFamily, type Client } from '../../identity/devices/device-family.js';
import { KnownDevices } from '../../identity/devices/known-devices.js';
import { SecurityNotices } from '../../identity/mail/security-notices.js';
import { LoginLimits } from '../../identity/limits/login-limits.js';
import { RegistrationLimits } from '../../identity/limits/registration-limits.js';
import type { LoginDto, RegisterDto, SignedInDto, TokenPairDto } from './sign-in.dto.js';

const DEACTIVATED = {
  en: 'the user is deactivated; an administrator can change that',
  'zh-CN': '该用户已停用，请联系管理员恢复',
};

@Injectable()
export class SignIn {
  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly accessTokens: AccessTokens,
    private readonly passwords: PasswordHasher,
    private readonly limits: LoginLimits,
    private readonly registrations: RegistrationLimits,
    private readonly verifications: EmailVerifications,
    private readonly hostUsers: HostUsers,
    private readonly devices: KnownDevices,
    private readonly notices: SecurityNotices,
  ) {}

  /** @throws Problem VALIDATION_FAILED, EMAIL_TAKEN, TOO_MANY_ATTEMPTS, OVERLOADED; FORBIDDEN where a host signs its users in by itself. */
  async register(body: RegisterDto, locale: Locale, client: Client): Promise<SignedInDto> {
    if (this.hostUsers.areHosts) throw new Problem('FORBIDDEN', { params: { reason: NOT_FOR_HOST_USERS } });
    return this.registrations.attempt(client.address, () => this.makeUser(body, locale, client));
  }

  private async makeUser(
    { email, password, displayName }: RegisterDto,
    locale: Locale,
    client: Client,
  ): Promise<SignedInDto> {
    const { address, userAgent } = client;
    const known = { email, displayName: displayName ?? null, options: this.options };
    requireUnknownPassword(password, known, 'password');
    const passwordHash = await this.passwords.hash(password);
    const facts = { email, passwordHash, displayName: displayName ?? null, role: 'user', locale } as const;
    const { user, session } = await inTransaction(this.dataSource, async (manager) => {
      const made = await this.users.create(manager, facts);
      return { user: made, session: await this.startSession(manager, made, userAgent, 'registration') };
    });
    await this.limits.remember(email, address);
    await this.devices.meet(user.id, client);
    this.verifications.registered(user);
    return session;
  }

  /**
   * @throws Problem INVALID_CREDENTIALS, whichever of both is wrong; TOO_MANY_ATTEMPTS; FORBIDDEN to who has both right
   * and is deactivated, or must verify the e-mail address first.
   */
  async login({ email, password }: LoginDto, client: Client): Promise<SignedInDto> {
    const { address, userAgent } = client;
    const user = await this.limits.attempt(email, address, () => this.verify(email, password));
    if (!user) throw new Problem('INVALID_CREDENTIALS');
    // Said only to who knows the password: to anybody else the answers are those of an active user.
    if (user.deactivatedAt) throw new Problem('FORBIDDEN', { params: { reason: DEACTIVATED } });
    this.verifications.require(user);
    const session = await inTransaction(this.dataSource, async (manager) => {
      await this.lockUnlessChanged(manager, user);
      return this.startSession(manager, user, userAgent, 'password');
    });
    if (await this.devices.meet(user.id, client)) this.notices.newDevice(user, deviceFamily(userAgent));
    return session;
  }

  /** @throws Problem INVALID_REFRESH_TOKEN; FORBIDDEN where the e-mail address must be verified first. */
  async refresh(refreshToken: string): Promise<TokenPairDto> {
    const { user, familyId, refreshToken: successor } = await this.sessions.refresh(refreshToken);
    this.verifications.require(user);
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

  /** What ends all sessions ends no session that is just starting: that one must not start after all. */
  private async lockUnlessChanged(manager: EntityManager, { id, passwordHash }: User): Promise<void> {
    const unchanged = await manager
      .createQueryBuilder(User, 'user')
      .setLock('for_no_key_update')
      .where({ id, passwordHash, deactivatedAt: IsNull() })
      .getExists();
    if (!unchanged) throw new Problem('INVALID_CREDENTIALS');
  }

  private async startSession(
    manager: EntityManager,
    user: User,
    userAgent: string | null,
    by: SignInKind,
  ): Promise<SignedInDto> {
    const { familyId, refreshToken } = await this.sessions.start(manager, user.id, userAgent, by);
    return { user: userView(user), ...this.pair(user, familyId, refreshToken) };
  }

  private pair(user: User, familyId: string, refreshToken: string): TokenPairDto {
    const accessToken = this.accessTokens.issue(user, familyId);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: this.accessTokens.lifeSeconds };
  }
}
