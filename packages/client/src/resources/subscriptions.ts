import { NotFoundError } from '../errors.js';
import type { CallOptions, Requester } from '../http/requester.js';
import type { BodyOf } from '../routes/routes.js';
import type {
  AgreementAnswer,
  AgreementInput,
  CancelInput,
  Change,
  ChangeInput,
  ChangeOffer,
  Checkout,
  RenewInput,
  SubscribeInput,
  Subscription,
} from '../types.js';

type Canceled = Omit<Subscription, 'quotas'>;

/** What the account holds. */
export class SubscriptionsApi {
  constructor(private readonly requester: Requester) {}

  /** @returns null where there is none in force */
  async current(options?: CallOptions): Promise<Subscription | null> {
    return this.requester.request('GET /subscriptions/current', options).catch((error: unknown) => {
      if (error instanceof NotFoundError && error.code === 'NO_SUBSCRIPTION') return null;
      throw error;
    });
  }

  /** @throws ConflictError (`ALREADY_SUBSCRIBED` and others) */
  subscribe(input: SubscribeInput, options?: CallOptions): Promise<Checkout> {
    return this.requester.request('POST /subscriptions', { ...options, body: input });
  }

  /** What a change of plan would cost and do now. */
  previewChange(input: ChangeInput, options?: CallOptions): Promise<ChangeOffer> {
    const body = input as BodyOf<'POST /subscriptions/current/change/preview'>;
    return this.requester.request('POST /subscriptions/current/change/preview', {
      ...options,
      body,
      repeatable: true,
    });
  }

  change(input: ChangeInput, options?: CallOptions): Promise<Change> {
    return this.requester.request('POST /subscriptions/current/change', { ...options, body: input });
  }

  renew(input: RenewInput, options?: CallOptions): Promise<Change> {
    return this.requester.request('POST /subscriptions/current/renew', { ...options, body: input });
  }

  /** At the end of the paid time, or now where the input says so. */
  cancel(input: CancelInput, options?: CallOptions): Promise<Canceled> {
    return this.requester.request('POST /subscriptions/current/cancel', { ...options, body: input });
  }

  resume(options?: CallOptions): Promise<Canceled> {
    return this.requester.request('POST /subscriptions/current/resume', options);
  }

  /** The agreement by which renewals are charged. */
  agreement(options?: CallOptions): Promise<AgreementAnswer> {
    return this.requester.request('GET /subscriptions/current/agreement', options);
  }

  openAgreement(input: AgreementInput, options?: CallOptions): Promise<AgreementAnswer> {
    return this.requester.request('POST /subscriptions/current/agreement', { ...options, body: input });
  }

  endAgreement(options?: CallOptions): Promise<AgreementAnswer> {
    return this.requester.request('DELETE /subscriptions/current/agreement', options);
  }
}
