import { Module } from '@nestjs/common';
import { AuditPurge } from '../audit/audit-purge.js';
import { dataSourceOf } from '../database/connection-errors.js';
import { COMMERCIAL_DATA_SOURCE } from '../database/tokens.js';
import { Clock, SystemClock } from '../time/clock.js';
import { AccessGuard } from './access/access.guard.js';
import { Authenticator } from './access/authenticator.js';
import { HostUsers } from './access/host-users.js';
import { ServiceAccess } from './access/service-access.js';
import { CustomerErasure } from './api/customers/customer-erasure.js';
import { CustomerLinks } from './api/customers/customer-links.service.js';
import { CustomerList } from './api/customers/customer-list.js';
import { CustomersPersonalData } from './api/privacy/customers-personal-data.js';
import { ServiceKeys } from './api/service-keys/service-keys.service.js';
import { Customers } from './credentials/customers/customers.service.js';
import { KnownCustomers } from './credentials/customers/known-customers.js';
import { KnownServiceKeys } from './credentials/service-keys/known-service-keys.js';
import { Administrators } from './api/users/administrators.js';
import { UserAdministration } from './api/administration/user-administration.service.js';
import { ErasedMarks } from './identity/users/erased-marks.js';
import { RegistrationListeners } from './identity/users/registration-listeners.js';
import { Profiles } from './api/users/profiles.service.js';
import { Users } from './api/users/users.service.js';
import { ApiKeyStrategy } from './credentials/api-keys/api-key.strategy.js';
import { ApiKeys } from './api/api-keys/api-keys.service.js';
import { ConfigurableModuleClass } from './auth.module-definition.js';
import { AUTH_OPTIONS, type AuthOptions } from './options/auth.options.js';
import { EmailVerifications } from './api/email-verification/email-verifications.service.js';
import { InvitationLimits } from './identity/limits/invitation-limits.js';
import { LinkLimits } from './identity/limits/link-limits.js';
import { Mails } from './identity/mail/mails.service.js';
import { OneTimeTokens } from './identity/links/one-time-tokens.service.js';
import { Invitations } from './api/organizations/invitations.service.js';
import { Memberships } from './credentials/memberships/memberships.service.js';
import { Organizations } from './api/organizations/organizations.service.js';
import { PasswordChanges } from './api/users/password-changes.service.js';
import { PasswordHasher } from './identity/passwords/password-hasher.js';
import { Erasure } from './api/privacy/erasure.js';
import { OwnPersonalData } from './api/privacy/own-personal-data.js';
import { PersonalDataExport } from './api/privacy/personal-data-export.js';
import { PersonalData } from './api/privacy/personal-data.js';
import { EndedSessions } from './credentials/sessions/ended-sessions.service.js';
import { OwnSessions } from './api/sessions/own-sessions.service.js';
import { PasswordResets } from './api/password-reset/password-resets.service.js';
import { PortalSessions } from './credentials/sessions/portal-sessions.service.js';
import { Sessions } from './credentials/sessions/sessions.service.js';
import { WriteLimits } from './identity/limits/write-limits.js';
import { KnownDevices } from './identity/devices/known-devices.js';
import { SecurityNotices } from './identity/mail/security-notices.js';
import { ApiKeyReminders } from './api/api-keys/api-key-reminders.js';
import { LoginLimits } from './identity/limits/login-limits.js';
import { LoginTrail } from './identity/limits/login-trail.js';
import { RegistrationLimits } from './identity/limits/registration-limits.js';
import { SignIn } from './api/sign-in/sign-in.service.js';
import { WaysIn } from './credentials/ways-in/ways-in.service.js';
import { AccessTokens } from './credentials/tokens/access-tokens.js';
import { JwtStrategy } from './credentials/tokens/jwt.strategy.js';
import { SigningKeys } from './credentials/tokens/signing-keys.js';

/** Who is calling, and for which account. It binds no global guard. */
@Module({
  providers: [
    dataSourceOf(AUTH_OPTIONS),
    {
      provide: Clock,
      inject: [AUTH_OPTIONS],
      useFactory: (options: AuthOptions) => options.clock ?? new SystemClock(),
    },
    AccessGuard,
    AccessTokens,
    Administrators,
    ApiKeyReminders,
    ApiKeys,
    ApiKeyStrategy,
    AuditPurge,
    Authenticator,
    CustomerErasure,
    CustomerLinks,
    CustomerList,
    Customers,
    CustomersPersonalData,
    EmailVerifications,
    EndedSessions,
    Erasure,
    HostUsers,
    JwtStrategy,
    InvitationLimits,
    KnownCustomers,
    KnownDevices,
    KnownServiceKeys,
    LinkLimits,
    LoginLimits,
    LoginTrail,
    Mails,
    Invitations,
    Memberships,
    ErasedMarks,
    OneTimeTokens,
    Organizations,
    OwnPersonalData,
    OwnSessions,
    PasswordChanges,
    PasswordHasher,
    PasswordResets,
    PersonalData,
    PersonalDataExport,
    Profiles,
    PortalSessions,
    RegistrationLimits,
    RegistrationListeners,
    SecurityNotices,
    ServiceAccess,
    ServiceKeys,
    Sessions,
    SigningKeys,
    SignIn,
    UserAdministration,
    Users,
    WaysIn,
    WriteLimits,
  ],
  exports: [
    COMMERCIAL_DATA_SOURCE,
    Clock,
    AccessGuard,
    AccessTokens,
    Administrators,
    ApiKeyReminders,
    AuditPurge,
    Authenticator,
    Customers,
    ErasedMarks,
    PersonalData,
    PortalSessions,
    RegistrationListeners,
    Sessions,
    SignIn,
    Users,
    WriteLimits,
  ],
})
export class AuthModule extends ConfigurableModuleClass {}
