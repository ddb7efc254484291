import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { RegistrationListeners } from '../../../auth/identity/users/registration-listeners.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { CheckoutService } from './checkout.service.js';

/** Gives every new user and customer the free plan, in the very transaction that makes them. */
@Injectable()
export class FreePlanOnRegister implements OnModuleInit {
  constructor(
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly registrations: RegistrationListeners,
    private readonly checkout: CheckoutService,
  ) {}

  onModuleInit(): void {
    if (!this.options.freePlanOnRegister) return;
    this.registrations.add((manager, { personalAccountId }) =>
      this.checkout.grantFreePlan(manager, personalAccountId, randomUUID()),
    );
  }
}
