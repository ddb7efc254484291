import { ApiProperty, PickType } from '@nestjs/swagger';
import { PaymentChoiceDto } from '../purchase/payment-choice.dto.js';
import { AGREEMENT_STATUSES, type AgreementStatus } from '../../ledger/records/agreement-status.js';
import type { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

export class OpenAgreementDto extends PickType(PaymentChoiceDto, ['provider', 'returnUrl'] as const) {
  @ApiProperty({
    description: 'The channel to agree with. Default: the first that charges by agreement.',
    example: 'alipay',
    required: false,
  })
  override provider?: string;

  @ApiProperty({
    description: 'Where the buyer’s browser goes after signing; http or https.',
    example: 'https://www.example.com/signed',
    required: false,
  })
  override returnUrl?: string;
}

export class AgreementDto {
  /** @format uuid */
  id: string;

  /** @example "alipay" */
  provider: string;

  /** `active`: renewals are charged on it. */
  @ApiProperty({ enum: AGREEMENT_STATUSES })
  status: AgreementStatus;

  /** Send the buyer's browser there; null once it is signed or over. */
  @ApiProperty({ type: String, nullable: true })
  signUrl: string | null;

  /** @format date-time */
  createdAt: string;

  /** @format date-time */
  signedAt: string | null;

  /** Since when it is to end. Nothing is charged from then on, also while the channel hasn't confirmed it. @format date-time */
  endRequestedAt: string | null;

  /** @format date-time */
  endedAt: string | null;

  static of(this: void, agreement: PaymentAgreement): AgreementDto {
    const { id, provider, status, signUrl, createdAt, signedAt, endRequestedAt, endedAt } = agreement;
    return {
      id,
      provider,
      status,
      signUrl,
      createdAt: createdAt.toISOString(),
      signedAt: signedAt?.toISOString() ?? null,
      endRequestedAt: endRequestedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    };
  }
}

export class StartedAgreementDto {
  agreement: AgreementDto;
}
