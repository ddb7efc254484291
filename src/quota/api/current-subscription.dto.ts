import { SubscriptionDto } from '../../billing/sales/purchase/subscription.dto.js';
import { QuotaDto } from './quota.dto.js';

export class CurrentSubscriptionDto extends SubscriptionDto {
  quotas: QuotaDto[];
}
