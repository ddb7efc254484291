/**
 * What Alipay's `sub_code`s prove. A code that is not listed proves nothing: the outcome is unknown and a query
 * decides. From the channel's documents of alipay.trade.precreate, .query, .close,
 * .refund, .fastpay.refund.query and alipay.data.dataservice.bill.downloadurl.query.
 */

/** Alipay makes a trade only when the buyer opens the payment page, so this is no failure. */
export const TRADE_NOT_EXIST = 'ACQ.TRADE_NOT_EXIST';

/** The gateway's own refusals of what the merchant signs with: its key, or the certificates that it names. */
const SIGNATURE_REFUSALS = /^isv\.(?:invalid|missing)-(?:signature|[a-z-]*cert-sn)/;

export const refusesOurSignature = (code: string): boolean => SIGNATURE_REFUSALS.test(code);

const REFUND_REFUSALS = new Set([
  TRADE_NOT_EXIST,
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.REFUND_FEE_ERROR',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.TRADE_NOT_ALLOW_REFUND',
  'ACQ.NOT_ALLOW_REFUND',
  'ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND',
  'ACQ.INVALID_PARAMETER',
  'ACQ.CURRENCY_NOT_SUPPORT',
  'ACQ.BUYER_ERROR',
  'ACQ.BUYER_ENABLE_STATUS_FORBID',
  'ACQ.USER_NOT_MATCH_ERR',
  'ACQ.CUSTOMER_VALIDATE_ERROR',
]);

const ORDER_REFUSALS = new Set([
  'ACQ.INVALID_PARAMETER',
  'ACQ.ACCESS_FORBIDDEN',
  'ACQ.EXIST_FORBIDDEN_WORD',
  'ACQ.PARTNER_ERROR',
  'ACQ.TOTAL_FEE_EXCEED',
  'ACQ.BUYER_SELLER_EQUAL',
  'ACQ.TRADE_HAS_CLOSE',
]);

/** True where no order was made; the gateway's own refusals (`isv.`) come before anything is done. */
export function refusesOrder(code: string): boolean {
  return code.startsWith('isv.') || ORDER_REFUSALS.has(code);
}

const NO_AGREEMENT = new Set(['USER_AGREEMENT_NOT_EXIST', 'ACQ.AGREEMENT_NOT_EXIST', 'AGREEMENT_NOT_EXIST']);

/** True where Alipay knows no agreement in force of that number (second-hand). */
export const saysNoAgreement = (code: string): boolean => NO_AGREEMENT.has(code);

/** A charge that moved no money: the agreement, or the buyer's means, don't allow it (second-hand). */
const CHARGE_REFUSALS = new Set([
  'ACQ.AGREEMENT_NOT_EXIST',
  'ACQ.AGREEMENT_INVALID',
  'ACQ.AGREEMENT_ERROR',
  'ACQ.BUYER_BALANCE_NOT_ENOUGH',
  'ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH',
  'ACQ.BUYER_ENABLE_STATUS_FORBID',
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR',
  'ACQ.PAYMENT_FAIL',
]);

/** True where a charge was certainly not made; as for orders, the gateway's own refusals come before anything is done. */
export const refusesCharge = (code: string): boolean => code.startsWith('isv.') || CHARGE_REFUSALS.has(code);

const NO_BILL = new Set(['isp.bill_not_exist', 'isv.bill_not_exist', 'BILL_NOT_EXIST']);

/** True where there is no bill of that day: not made yet, or nothing happened (second-hand). */
export const saysNoBill = (code: string): boolean => NO_BILL.has(code);

/** Refusals whose cause may pass: the same number may be accepted later. */
const PASSING_REFUND_REFUSALS = new Set([
  'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  'ACQ.REASON_TRADE_BEEN_FREEZEN',
  'ACQ.BUYER_ENABLE_STATUS_FORBID',
]);

export const refusalPasses = (code: string): boolean => PASSING_REFUND_REFUSALS.has(code);

/** True where the refund number moved no money. A number used before with another amount is not among these. */
export function refusesRefund(code: string): boolean {
  return REFUND_REFUSALS.has(code);
}
