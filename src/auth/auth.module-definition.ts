import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { UsersController } from './api/users/users.controller.js';
import { AdminUsersController } from './api/administration/admin-users.controller.js';
import { AuditController } from './api/administration/audit.controller.js';
import { ApiKeysController } from './api/api-keys/api-keys.controller.js';
import { AUTH_OPTIONS, type AuthOptions } from './options/auth.options.js';
import { EmailVerificationController } from './api/email-verification/email-verification.controller.js';
import { PasswordResetController } from './api/password-reset/password-reset.controller.js';
import { PrivacyController } from './api/privacy/privacy.controller.js';
import { SessionsController } from './api/sessions/sessions.controller.js';
import { AdminOrganizationsController } from './api/organizations/admin-organizations.controller.js';
import { OrganizationsController } from './api/organizations/organizations.controller.js';
import { SecurityEventsController } from './api/security-events/security-events.controller.js';
import { ServiceKeysController } from './api/service-keys/service-keys.controller.js';
import { CustomersController } from './api/customers/customers.controller.js';
import { SignInController } from './api/sign-in/sign-in.controller.js';
import { JwksController } from './api/sign-in/jwks.controller.js';

export interface AuthModuleExtras {
  isGlobal?: boolean;
  /** `false`: only the guards and services, for a host that signs its users in by itself. */
  routes?: boolean;
}

const CONTROLLERS = selfContained([
  SignInController,
  PasswordResetController,
  EmailVerificationController,
  SessionsController,
  SecurityEventsController,
  UsersController,
  PrivacyController,
  ApiKeysController,
  AdminUsersController,
  AuditController,
  JwksController,
  OrganizationsController,
  AdminOrganizationsController,
  ServiceKeysController,
  CustomersController,
]);

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<AuthOptions>({
  optionsInjectionToken: AUTH_OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras<AuthModuleExtras>({ isGlobal: false, routes: true }, (definition, { isGlobal, routes }) => ({
    ...definition,
    global: isGlobal ?? false,
    controllers: routes === false ? [] : CONTROLLERS,
  }))
  .build();
