import { ConfigurableModuleBuilder } from '@nestjs/common';
import { selfContained } from '../problems/self-contained.js';
import { UsersController } from './accounts/users.controller.js';
import { AdminUsersController } from './administration/admin-users.controller.js';
import { AuditController } from './administration/audit.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { EmailVerificationController } from './email-verification/email-verification.controller.js';
import { PasswordResetController } from './passwords/password-reset.controller.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { JwksController } from './tokens/jwks.controller.js';

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
  UsersController,
  PrivacyController,
  ApiKeysController,
  AdminUsersController,
  AuditController,
  JwksController,
  OrganizationsController,
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
