import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer, RouterModule } from '@nestjs/core';
import { Administrators } from '../auth/api/users/administrators.js';
import { AuthModule } from '../auth/auth.module.js';
import { normalEmail } from '../auth/identity/users/email.js';
import type { AuthOptions } from '../auth/options/auth.options.js';
import { DeclaredPlans } from '../billing/catalog/plans/declared-plans.service.js';
import type { BillingOptions } from '../billing/options/billing-options.js';
import { BillingModule } from '../billing/billing.module.js';
import { COMMERCIAL_OPTIONS, type CommercialOptions } from './commercial-options.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type CommercialExtras,
  type OPTIONS_TYPE,
} from './commercial.module-definition.js';
import { EventsModule } from '../events/events.module.js';
import { AlipayProvider } from '../providers/alipay/alipay.provider.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { WechatPayProvider } from '../providers/wechat/wechat-pay.provider.js';
import { QuotaModule } from '../quota/quota.module.js';
import { DEFAULT_RESOURCES } from '../quota/balances/quota-options.js';
import { addressOf, prefixOf, type RoutesOption } from './routes.js';
import { StartChecks } from './start/start-checks.js';
import { StartWarnings } from './start/start-warnings.js';
import { StartWork } from './start/start-work.js';
import { SystemClock, type Clock } from '../time/clock.js';

/** The whole commercial layer in one import: AuthModule, BillingModule, QuotaModule and EventsModule, configured together. */
@Module({})
export class CommercialModule extends ConfigurableModuleClass {
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return compose(super.forRoot(options), options);
  }

  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return compose(super.forRootAsync(options), options);
  }
}

/** Holds the host's options for the modules, which each take their part. */
@Module({})
class CommercialOptionsModule {}

function compose(
  own: DynamicModule,
  { isGlobal = true, routes: wanted = true }: CommercialExtras,
): DynamicModule {
  const routes = wanted !== false;
  const prefix = prefixOf(wanted);
  const options: DynamicModule = {
    module: CommercialOptionsModule,
    imports: own.imports ?? [],
    providers: [...(own.providers ?? []), ...lookAtStart(wanted)],
    exports: [COMMERCIAL_OPTIONS],
  };
  const inject = [COMMERCIAL_OPTIONS];
  const shared = { isGlobal, routes, inject };
  const auth = AuthModule.forRootAsync({
    ...shared,
    imports: [options],
    useFactory: authOptions,
  });
  const billing = BillingModule.forRootAsync({
    ...shared,
    imports: [options, auth],
    useFactory: (o: CommercialOptions) => billingOptions(o, prefix),
  });
  const quota = QuotaModule.forRootAsync({
    ...shared,
    imports: [options, auth, billing],
    useFactory: ({
      dataSource,
      clock,
      resources,
      features,
      quotaEngine = {},
      usageRetentionMonths = null,
    }: CommercialOptions) => ({
      dataSource,
      clock: clock ?? new SystemClock(),
      resources: resources ?? DEFAULT_RESOURCES,
      usageRetentionMonths,
      engine: quotaEngine,
      ...(features === undefined ? {} : { features }),
    }),
  });
  const events = composeEvents([options, auth, billing, quota], shared);
  const modules = [auth, billing, quota, events];
  return {
    module: CommercialModule,
    global: isGlobal,
    imports: [options, ...modules, ...(prefix === '' ? [] : [under(prefix)])],
    providers: [startWork],
    exports: modules,
  };
}

const startWork: Provider = {
  provide: StartWork,
  inject: [COMMERCIAL_OPTIONS, DeclaredPlans, Administrators],
  useFactory: (o: CommercialOptions, plans: DeclaredPlans, administrators: Administrators) =>
    new StartWork(o, plans, administrators),
};

function under(prefix: string): DynamicModule {
  const children = [AuthModule, BillingModule, QuotaModule, EventsModule];
  return RouterModule.register([{ path: prefix, children }]);
}

/** Whom of its own users the host names; one with a password is made at the start. */
function hostAdministrator({ administrator }: CommercialOptions): Pick<AuthOptions, 'hostAdministrator'> {
  if (!administrator || 'password' in administrator) return {};
  const { externalId, email } = administrator as { externalId?: string; email?: string };
  if (externalId !== undefined) return { hostAdministrator: { externalId } };
  return email === undefined ? {} : { hostAdministrator: { email: normalEmail(email) } };
}

/** What a host has forgotten is said when it starts, not when a customer meets it. */
function lookAtStart(routes: RoutesOption): Provider[] {
  return [
    {
      provide: StartChecks,
      inject: [COMMERCIAL_OPTIONS, HttpAdapterHost, ModulesContainer],
      useFactory: (options: CommercialOptions, host: HttpAdapterHost, modules: ModulesContainer) =>
        new StartChecks(options, routes, host, modules),
    },
    {
      provide: StartWarnings,
      inject: [COMMERCIAL_OPTIONS, HttpAdapterHost],
      useFactory: (options: CommercialOptions, host: HttpAdapterHost) => new StartWarnings(options, host),
    },
  ];
}

function composeEvents(
  imports: DynamicModule[],
  shared: { isGlobal: boolean; routes: boolean; inject: symbol[] },
): DynamicModule {
  return EventsModule.forRootAsync({
    ...shared,
    imports,
    useFactory: ({ dataSource, clock, timeZone, events = {} }: CommercialOptions) => ({
      dataSource,
      clock: clock ?? new SystemClock(),
      ...events,
      ...(events.mail && timeZone !== undefined ? { mail: { timeZone, ...events.mail } } : {}),
    }),
  });
}

function authOptions(o: CommercialOptions): AuthOptions {
  return {
    dataSource: o.dataSource,
    clock: o.sessionClock ?? o.clock ?? new SystemClock(),
    jwt: o.jwt,
    requireVerifiedEmail: o.requireVerifiedEmail ?? false,
    productNames: o.sellerName === undefined ? [] : [o.sellerName],
    registrationsPerHour: o.limits?.registrationsPerHour ?? 0,
    writesPerMinute: o.limits?.writesPerMinute ?? 0,
    ...(o.identify === undefined ? {} : { identify: o.identify }),
    ...(o.defaultLocale === undefined ? {} : { defaultLocale: o.defaultLocale }),
    ...hostAdministrator(o),
    ...(o.refreshTokenDays === undefined ? {} : { refreshTokenDays: o.refreshTokenDays }),
    ...(o.mail === undefined ? {} : { mail: o.mail }),
  };
}

function billingOptions(o: CommercialOptions, prefix: string): BillingOptions {
  return {
    dataSource: o.dataSource,
    clock: o.clock ?? new SystemClock(),
    providers: providersOf(o, o.clock ?? new SystemClock()),
    publicUrl: () => addressOf(typeof o.publicUrl === 'function' ? o.publicUrl() : o.publicUrl, prefix),
    ...(o.freePlan === undefined ? {} : { freePlan: o.freePlan }),
    freePlanOnRegister: o.freePlanOnRegister ?? true,
    jobs: o.jobs ?? false,
    quotaTypes: [...new Set(Object.values(o.resources ?? DEFAULT_RESOURCES))],
    ...(o.limits?.ordersPerMinute === undefined ? {} : { ordersPerMinute: o.limits.ordersPerMinute }),
    returnUrlOrigins: o.returnUrlOrigins ?? null,
    ...(o.features === undefined ? {} : { features: o.features }),
    ...(o.sellerName === undefined ? {} : { sellerName: o.sellerName }),
    ...(o.timeZone === undefined ? {} : { timeZone: o.timeZone }),
    ...(o.graceDays === undefined ? {} : { graceDays: o.graceDays }),
    ...(o.payments?.orderMinutes === undefined ? {} : { orderMinutes: o.payments.orderMinutes }),
  };
}

function providersOf({ payments = {} }: CommercialOptions, clock: Clock): PaymentProvider[] {
  const { alipay, wechat, others = [] } = payments;
  return [
    ...(alipay ? [new AlipayProvider(alipay, clock)] : []),
    ...(wechat ? [new WechatPayProvider(wechat, clock)] : []),
    ...others,
  ];
}
