import type { CallOptions, Requester } from '../http/requester.js';
import type { BodyOf } from '../routes/routes.js';
import type { RefreshTokenStore } from '../session/refresh-tokens.js';
import type { AccessTokens } from '../session/session.js';
import type { SignedIn, User } from '../types.js';

/** Signing in and out, and the links of mails. */
export class AuthApi {
  constructor(
    private readonly requester: Requester,
    private readonly tokens: AccessTokens,
    private readonly store: RefreshTokenStore,
  ) {}

  /** @throws ConflictError (`EMAIL_TAKEN`) */
  async register(input: BodyOf<'POST /auth/register'>, options?: CallOptions): Promise<User> {
    return this.keep(await this.requester.request('POST /auth/register', { ...options, body: input }));
  }

  /** @throws UnauthenticatedError (`INVALID_CREDENTIALS`), RateLimitedError (`TOO_MANY_ATTEMPTS`) */
  async login(input: BodyOf<'POST /auth/login'>, options?: CallOptions): Promise<User> {
    return this.keep(await this.requester.request('POST /auth/login', { ...options, body: input }));
  }

  /** Forgets the tokens first: signed out here even where the service can't be told. */
  async logout(options?: CallOptions): Promise<void> {
    const refreshToken = await this.store.load();
    this.tokens.clear();
    await this.store.save(null);
    if (!refreshToken) return;
    const body = { refreshToken };
    await this.requester.request('POST /auth/logout', { ...options, body, repeatable: true });
  }

  async requestPasswordReset(email: string, options?: CallOptions): Promise<void> {
    await this.requester.request('POST /auth/password-reset', { ...options, body: { email } });
  }

  async resetPassword(
    input: BodyOf<'POST /auth/password-reset/confirm'>,
    options?: CallOptions,
  ): Promise<void> {
    await this.requester.request('POST /auth/password-reset/confirm', { ...options, body: input });
  }

  async requestEmailVerification(email: string, options?: CallOptions): Promise<void> {
    await this.requester.request('POST /auth/email-verification', { ...options, body: { email } });
  }

  async verifyEmail(token: string, options?: CallOptions): Promise<void> {
    await this.requester.request('POST /auth/email-verification/confirm', { ...options, body: { token } });
  }

  private async keep({ user, ...tokens }: SignedIn): Promise<User> {
    await this.store.save(tokens.refreshToken);
    this.tokens.set(tokens);
    return user;
  }
}
