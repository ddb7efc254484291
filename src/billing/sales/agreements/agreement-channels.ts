import { Injectable } from '@nestjs/common';
import { Problem } from '../../../problems/problem.js';
import type { PaymentAgreements } from '../../../providers/payment-agreements.js';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';

export interface AgreementChannel {
  name: string;
  agreements: PaymentAgreements;
}

/** The channels that charge by agreement here: none, unless the merchant has applied for it and switched it on. */
@Injectable()
export class AgreementChannels {
  constructor(private readonly providers: PaymentProviderRegistry) {}

  get names(): string[] {
    return this.providers.names.filter((name) => this.find(name) !== null);
  }

  find(name: string): AgreementChannel | null {
    const agreements = this.providers.find(name)?.agreements;
    return agreements ? { name, agreements } : null;
  }

  /** @param name null for the first. @throws Problem AGREEMENT_NOT_OFFERED, for a channel that isn't configured too */
  offering(name: string | null): AgreementChannel {
    const wanted = name ?? this.names[0] ?? '-';
    const found = this.find(wanted);
    if (found) return found;
    const available = this.names.join(', ') || '-';
    throw new Problem('AGREEMENT_NOT_OFFERED', { params: { provider: wanted, available } });
  }
}
