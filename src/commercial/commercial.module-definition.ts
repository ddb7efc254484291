import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { RoutesOption } from './routes.js';
import { COMMERCIAL_OPTIONS, type CommercialOptions } from './commercial-options.js';

export interface CommercialExtras {
  /** Default true: `@RequireQuota()` works in every module of the host. */
  isGlobal?: boolean;
  /**
   * Default true. False mounts no routes: another process serves them on the same database. `{ prefix: 'billing' }` puts
   * every route of the package under `/billing`.
   */
  routes?: RoutesOption;
}

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<CommercialOptions>({ optionsInjectionToken: COMMERCIAL_OPTIONS })
    .setClassMethodName('forRoot')
    .setExtras<CommercialExtras>({ isGlobal: true, routes: true }, (definition) => definition)
    .build();
