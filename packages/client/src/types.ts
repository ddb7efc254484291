import type { PROBLEMS } from './generated/problems.js';
import type { AnswerOf, BodyOf, ItemOf, QueryOf } from './routes/routes.js';

/** The service's closed list of error codes. */
export type ProblemCode = keyof typeof PROBLEMS;
export type Language = 'zh-CN' | 'en';

export type Quota = ItemOf<'GET /quota'>;
export type QuotaCheck = AnswerOf<'POST /quota/check'>;
export type Consumption = AnswerOf<'POST /quota/consume'>;
export type ConsumeInput = BodyOf<'POST /quota/consume'>;
export type CheckInput = BodyOf<'POST /quota/check'>;
export type HoldInput = BodyOf<'POST /quota/holds'>;
export type HoldAnswer = AnswerOf<'POST /quota/holds'>;
export type HoldSettlement = AnswerOf<'POST /quota/holds/{holdId}/commit'>;

export type Usage = ItemOf<'GET /usage'>;
export type UsageQuery = QueryOf<'GET /usage'>;
export type UsageSummary = AnswerOf<'GET /usage/summary'>;
export type UsageSummaryQuery = QueryOf<'GET /usage/summary'>;
export type UsageRelease = AnswerOf<'POST /usage/{usageId}/release'>;

export type Entitlement = ItemOf<'GET /entitlements'>;

export type Plan = ItemOf<'GET /plans'>;
export type TopupPack = ItemOf<'GET /topups'>;
export type TopupPurchase = AnswerOf<'POST /topups'>;
export type TopupInput = BodyOf<'POST /topups'>;

export type Subscription = AnswerOf<'GET /subscriptions/current'>;
export type SubscribeInput = BodyOf<'POST /subscriptions'>;
export type Checkout = AnswerOf<'POST /subscriptions'>;
export type ChangeInput = BodyOf<'POST /subscriptions/current/change'>;
export type ChangeOffer = AnswerOf<'POST /subscriptions/current/change/preview'>;
export type Change = AnswerOf<'POST /subscriptions/current/change'>;
export type RenewInput = BodyOf<'POST /subscriptions/current/renew'>;
export type CancelInput = BodyOf<'POST /subscriptions/current/cancel'>;
export type AgreementInput = BodyOf<'POST /subscriptions/current/agreement'>;
export type AgreementAnswer = AnswerOf<'GET /subscriptions/current/agreement'>;

export type Payment = AnswerOf<'GET /payments/{orderId}'>;
export type PaymentInstruction = NonNullable<Checkout['payment']>;
export type PaymentEvent = ItemOf<'GET /payments/{orderId}/history'>;
export type Refund = ItemOf<'GET /payments/{orderId}/refunds'>;
export type RefundPreview = AnswerOf<'POST /payments/{orderId}/refunds/preview'>;
export type Fapiao = AnswerOf<'GET /payments/{orderId}/fapiao'>;
export type FapiaoInput = BodyOf<'POST /payments/{orderId}/fapiao'>;

export type Customer = ItemOf<'GET /customers'>;
export type CustomerDetails = AnswerOf<'GET /customers/{externalId}'>;
export type CustomerInput = BodyOf<'PUT /customers/{externalId}'>;
export type PortalSessionInput = BodyOf<'POST /portal-sessions'>;
export type PortalSession = AnswerOf<'POST /portal-sessions'>;

export type User = AnswerOf<'GET /users/me'>;
export type SignedIn = AnswerOf<'POST /auth/login'>;
export type TokenPair = AnswerOf<'POST /auth/refresh'>;
export type SessionEntry = ItemOf<'GET /sessions'>;
export type ApiKey = ItemOf<'GET /api-keys'>;
export type CreatedApiKey = AnswerOf<'POST /api-keys'>;
export type ApiKeyInput = BodyOf<'POST /api-keys'>;
export type Organization = ItemOf<'GET /organizations'>;
export type Member = ItemOf<'GET /organizations/{id}/members'>;
export type Invitation = ItemOf<'GET /organizations/{id}/invitations'>;
