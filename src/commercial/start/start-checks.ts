import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { hearConnectionErrors } from '../../database/connection-errors.js';
import { DEFAULT_RESOURCES } from '../../quota/balances/quota-options.js';
import type { CommercialOptions } from '../commercial-options.js';
import { dataSourceFaults } from './data-source-faults.js';
import { publicUrlFaults } from './public-url-faults.js';
import { quotaRequirementFaults } from './quota-requirement-faults.js';
import { RawBodies } from './raw-bodies.js';
import { SetupError } from './setup-error.js';

/** Refuses a start in which the package could not do its work, by a line for each of the host's mistakes. */
export class StartChecks implements OnModuleInit {
  private readonly rawBodies: RawBodies;

  /** @param routes whether this process serves the package's routes, webhooks among them */
  constructor(
    private readonly options: CommercialOptions,
    private readonly routes: boolean,
    host: HttpAdapterHost,
    private readonly modules: ModulesContainer,
  ) {
    this.rawBodies = new RawBodies(host);
  }

  /** @throws SetupError */
  async onModuleInit(): Promise<void> {
    const { dataSource, publicUrl, resources = DEFAULT_RESOURCES } = this.options;
    const faults = [
      ...this.rawBodyFaults(),
      // A function may not know its answer before the application listens.
      ...(typeof publicUrl === 'function' ? [] : publicUrlFaults(publicUrl)),
      ...quotaRequirementFaults(this.modules, resources),
      ...(await dataSourceFaults(dataSource)),
    ];
    if (faults.length > 0) throw new SetupError(faults);
    hearConnectionErrors(dataSource);
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
