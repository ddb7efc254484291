import { Module } from '@nestjs/common';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { Clock, SystemClock } from '../time/clock.js';
import { AccessGuard } from './access/access.guard.js';
import { Authenticator } from './access/authenticator.js';
import { Administrators } from './accounts/administrators.js';
import { UserAdministration } from './administration/user-administration.service.js';
import { RegistrationListeners } from './accounts/registration-listeners.js';
import { Users } from './accounts/users.service.js';
import { ApiKeyStrategy } from './api-keys/api-key.strategy.js';
import { ApiKeys } from './api-keys/api-keys.service.js';
import { ConfigurableModuleClass } from './auth.module-definition.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { EmailVerifications } from './email-verification/email-verifications.service.js';
import { LinkLimits } from './limits/link-limits.js';
import { Mails } from './mail/mails.service.js';
import { OneTimeTokens } from './one-time-tokens/one-time-tokens.service.js';
import { Invitations } from './organizations/invitations.service.js';
import { Memberships } from './organizations/memberships.service.js';
import { Organizations } from './organizations/organizations.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { Erasure } from './privacy/erasure.js';
import { OwnPersonalData } from './privacy/own-personal-data.js';
import { PersonalDataExport } from './privacy/personal-data-export.js';
import { PersonalData } from './privacy/personal-data.js';
import { EndedSessions } from './sessions/ended-sessions.service.js';
import { OwnSessions } from './sessions/own-sessions.service.js';
import { PasswordResets } from './passwords/password-resets.service.js';
import { Sessions } from './sessions/sessions.service.js';
import { LoginLimits } from './sign-in/login-limits.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { JwtStrategy } from './tokens/jwt.strategy.js';
import { SigningKeys } from './tokens/signing-keys.js';

/** Who is calling, and for which account. It binds no global guard. */
@Module({
  providers: [
    {
      provide: COMMERCIAL_DATA_SOURCE,
      inject: [AUTH_OPTIONS],
      useFactory: (options: AuthOptions) => options.dataSource,
    },
    {
      provide: Clock,
      inject: [AUTH_OPTIONS],
      useFactory: (options: AuthOptions) => options.clock ?? new SystemClock(),
    },
    AccessGuard,
    AccessTokens,
    Administrators,
    ApiKeys,
    ApiKeyStrategy,
    Authenticator,
    EmailVerifications,
    EndedSessions,
    Erasure,
    JwtStrategy,
    LinkLimits,
    LoginLimits,
    Mails,
    Invitations,
    Memberships,
    OneTimeTokens,
    Organizations,
    OwnPersonalData,
    OwnSessions,
    PasswordHasher,
    PasswordResets,
    PersonalData,
    PersonalDataExport,
    RegistrationListeners,
    Sessions,
    SigningKeys,
    SignIn,
    UserAdministration,
    Users,
  ],
  exports: [
    COMMERCIAL_DATA_SOURCE,
    Clock,
    AccessGuard,
    Administrators,
    Authenticator,
    PersonalData,
    RegistrationListeners,
    Users,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
