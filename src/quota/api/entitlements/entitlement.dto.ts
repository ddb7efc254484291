import { ApiProperty } from '@nestjs/swagger';
import type { Entitlement } from '../../entitlements/entitlement.js';
import { QuotaDto } from '../quota.dto.js';

const TYPES = ['boolean', 'static', 'metered'] as const satisfies readonly Entitlement['type'][];

export class EntitlementDto {
  /** @example custom_support */
  feature: string;

  /** `static`: a number or a word of the plan’s. `metered`: quota, by its type. @example boolean */
  @ApiProperty({ enum: TYPES })
  type: Entitlement['type'];

  /** Whether the account has it. A quota that is used up is granted all the same: see `quota`. @example true */
  granted: boolean;

  /** True or false, a number, or a word; null for a metered feature, and where the plan says nothing. @example true */
  @ApiProperty({ oneOf: [{ type: 'boolean', nullable: true }, { type: 'integer' }, { type: 'string' }] })
  value: boolean | number | string | null;

  /** Of a metered feature; null for all others, and where the account has none of it. */
  @ApiProperty({ type: () => QuotaDto, nullable: true })
  quota: QuotaDto | null;

  static of({ quota, ...entitlement }: Entitlement): EntitlementDto {
    return { ...entitlement, quota: quota && QuotaDto.of(quota) };
  }
}

export class EntitlementListDto {
  items: EntitlementDto[];
}
