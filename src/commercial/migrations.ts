import { CommercialLoop1795368007709 } from '../../migrations/1795368007709-CommercialLoop.js';
import { UsagePartitions1795371501439 } from '../../migrations/1795371501439-UsagePartitions.js';
import { PaymentChecksAndReconciliation1795371588041 } from '../../migrations/1795371588041-PaymentChecksAndReconciliation.js';
import { AccountsToTrust1795372320212 } from '../../migrations/1795372320212-AccountsToTrust.js';
import { AnswersAsSent1795372375886 } from '../../migrations/1795372375886-AnswersAsSent.js';
import { QuotaBalancesAndHolds1795372489552 } from '../../migrations/1795372489552-QuotaBalancesAndHolds.js';
import { QuotaSettleFunction1795372489554 } from '../../migrations/1795372489554-QuotaSettleFunction.js';
import { UsageSummary1795373400000 } from '../../migrations/1795373400000-UsageSummary.js';
import { QuotaDebitFunction1795377887483 } from '../../migrations/1795377887483-QuotaDebitFunction.js';
import { PlanVersions1795380000000 } from '../../migrations/1795380000000-PlanVersions.js';
import { Topups1795380100000 } from '../../migrations/1795380100000-Topups.js';
import { Coupons1795380200000 } from '../../migrations/1795380200000-Coupons.js';
import { OrdersOfAnyPurpose1795381000000 } from '../../migrations/1795381000000-OrdersOfAnyPurpose.js';
import { SubscriptionLife1795381100000 } from '../../migrations/1795381100000-SubscriptionLife.js';
import { ChangesOfPlan1795381200000 } from '../../migrations/1795381200000-ChangesOfPlan.js';
import { Events1795382000000 } from '../../migrations/1795382000000-Events.js';
import { ClockShift1795383000000 } from '../../migrations/1795383000000-ClockShift.js';
import { FapiaoRequests1795383000001 } from '../../migrations/1795383000001-FapiaoRequests.js';
import { ApiKeyRotationAndCaps1795384000000 } from '../../migrations/1795384000000-ApiKeyRotationAndCaps.js';
import { ReconciliationWithoutBill1795386100000 } from '../../migrations/1795386100000-ReconciliationWithoutBill.js';
import { Trials1795386200000 } from '../../migrations/1795386200000-Trials.js';
import { PaymentAgreements1795386300000 } from '../../migrations/1795386300000-PaymentAgreements.js';
import { HoldMakers1796005000000 } from '../../migrations/1796005000000-HoldMakers.js';
import { ServiceKeysAndCustomers1796005100000 } from '../../migrations/1796005100000-ServiceKeysAndCustomers.js';
import { EntitlementOverrides1796005200000 } from '../../migrations/1796005200000-EntitlementOverrides.js';
import { CouponsPassedOn1796006000000 } from '../../migrations/1796006000000-CouponsPassedOn.js';
import { UsedUnitsGoAlong1796006100000 } from '../../migrations/1796006100000-UsedUnitsGoAlong.js';
import { SecretsOfAnOverlap1796006200000 } from '../../migrations/1796006200000-SecretsOfAnOverlap.js';
import { RefundRetries1796007000000 } from '../../migrations/1796007000000-RefundRetries.js';
import { RefundPending1796007100000 } from '../../migrations/1796007100000-RefundPending.js';
import { RefundPendingOfBefore1796007200000 } from '../../migrations/1796007200000-RefundPendingOfBefore.js';
import { ErasedMarks1796010000000 } from '../../migrations/1796010000000-ErasedMarks.js';
import { SecurityEvents1796020000000 } from '../../migrations/1796020000000-SecurityEvents.js';
import { SecurityEventIndexes1796020100000 } from '../../migrations/1796020100000-SecurityEventIndexes.js';
import { ApiKeyEndTold1796020200000 } from '../../migrations/1796020200000-ApiKeyEndTold.js';
import { ApiKeysEnding1796020300000 } from '../../migrations/1796020300000-ApiKeysEnding.js';
import { PortalSessions1796040000000 } from '../../migrations/1796040000000-PortalSessions.js';
import { UnreadableBillRows1796050000000 } from '../../migrations/1796050000000-UnreadableBillRows.js';

/** In order of time; the CLI writes new ones to `migrations/`, and they are listed here. */
export const commercialMigrations = [
  CommercialLoop1795368007709,
  UsagePartitions1795371501439,
  PaymentChecksAndReconciliation1795371588041,
  AccountsToTrust1795372320212,
  AnswersAsSent1795372375886,
  QuotaBalancesAndHolds1795372489552,
  QuotaSettleFunction1795372489554,
  UsageSummary1795373400000,
  QuotaDebitFunction1795377887483,
  PlanVersions1795380000000,
  Topups1795380100000,
  Coupons1795380200000,
  OrdersOfAnyPurpose1795381000000,
  SubscriptionLife1795381100000,
  ChangesOfPlan1795381200000,
  Events1795382000000,
  ClockShift1795383000000,
  FapiaoRequests1795383000001,
  ApiKeyRotationAndCaps1795384000000,
  ReconciliationWithoutBill1795386100000,
  Trials1795386200000,
  PaymentAgreements1795386300000,
  HoldMakers1796005000000,
  ServiceKeysAndCustomers1796005100000,
  EntitlementOverrides1796005200000,
  CouponsPassedOn1796006000000,
  UsedUnitsGoAlong1796006100000,
  SecretsOfAnOverlap1796006200000,
  RefundRetries1796007000000,
  RefundPending1796007100000,
  RefundPendingOfBefore1796007200000,
  ErasedMarks1796010000000,
  SecurityEvents1796020000000,
  SecurityEventIndexes1796020100000,
  ApiKeyEndTold1796020200000,
  ApiKeysEnding1796020300000,
  PortalSessions1796040000000,
  UnreadableBillRows1796050000000,
];
