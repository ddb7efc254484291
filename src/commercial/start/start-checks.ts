import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { hearConnectionErrors } from '../../database/connection-errors.js';
import { DEFAULT_RESOURCES } from '../../quota/balances/quota-options.js';
import type { CommercialOptions } from '../commercial-options.js';
import { setDefaultLanguage } from '../../problems/language.js';
import { routesFaults, type RoutesOption } from '../routes.js';
import { dataSourceFaults } from './data-source-faults.js';
import { optionFaults } from './option-faults.js';
import { publicUrlFaults } from './public-url-faults.js';
import { quotaRequirementFaults } from './quota-requirement-faults.js';
import { RawBodies } from './raw-bodies.js';
import { SetupError } from './setup-error.js';

/** Refuses a start in which the package could not do its work, by a line for each of the host's mistakes. */
export class StartChecks implements OnModuleInit {
  private readonly rawBodies: RawBodies;

  /**
   * @param routes where this process serves the package's routes, webhooks among them, if it does
   * @throws SetupError where the package is there twice
   */
  constructor(
    private readonly options: CommercialOptions,
    private readonly routes: RoutesOption,
    private readonly host: HttpAdapterHost,
    private readonly modules: ModulesContainer,
  ) {
    // Before any route is made: Fastify refuses the second of two, Express serves both.
    if ([...modules.values()].filter(({ providers }) => providers.has(StartChecks)).length > 1) {
      throw new SetupError([
        'CommercialModule is configured twice, by two calls of forRoot() or forRootAsync(): import it once, in the root ' +
          'module. Its services are global.',
      ]);
    }
    this.rawBodies = new RawBodies(host);
  }

  /** @throws SetupError */
  async onModuleInit(): Promise<void> {
    const { dataSource, publicUrl, resources = DEFAULT_RESOURCES } = this.options;
    const faults = [
      ...routesFaults(this.routes),
      ...this.rawBodyFaults(),
      ...(await optionFaults(this.options)),
      // A function may not know its answer before the application listens.
      ...(typeof publicUrl === 'function' ? [] : publicUrlFaults(publicUrl)),
      ...quotaRequirementFaults(this.modules, resources),
      ...(await dataSourceFaults(dataSource)),
    ];
    if (faults.length > 0) throw new SetupError(faults);
    hearConnectionErrors(dataSource);
    const application: unknown = this.host.httpAdapter?.getInstance();
    if (application && this.options.defaultLocale) {
      setDefaultLanguage(application as object, this.options.defaultLocale);
    }
  }

  private rawBodyFaults(): string[] {
    if (!this.routes || !this.rawBodies.areMissing || !hasChannel(this.options)) return [];
    return [
      'Webhooks are served, but no raw bodies are kept, so that no notification’s signature can be verified: create ' +
        'the application with NestFactory.create(AppModule, { rawBody: true }).',
    ];
  }
}

function hasChannel({ payments = {} }: CommercialOptions): boolean {
  return Boolean(payments.alipay ?? payments.wechat ?? payments.others?.length);
}
