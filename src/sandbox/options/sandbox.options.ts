import type { Clock } from '../../time/clock.js';
import type { AlipayCertificates, WechatPlatformCertificate } from './issue-certificates.js';
import type { SandboxCredentials } from './sandbox-credentials.js';

/** Injection token of {@link SandboxOptions}. */
export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');

export interface SandboxOptions {
  /** The outside base address, such as `http://127.0.0.1:3000`; a function because it is known only after listening. */
  publicUrl: () => string;
  /** The base address at which the merchant calls the gateways, and fetches bills. Default: `publicUrl`. */
  gatewayUrl?: () => string;
  credentials: SandboxCredentials;
  /** The order book's file, one JSON line per change; null keeps the orders in memory alone. */
  journalPath: string | null;
  /** Finds the payment URL of an order that the buyer hasn't opened yet; null if there is none. */
  paymentUrlOf?: (orderId: string) => Promise<string | null>;
  /** WeChat Pay's platform certificates, the one that signs first; absent or empty: it signs with its public key. */
  wechatCertificates?: () => readonly WechatPlatformCertificate[];
  /** Set: Alipay asks for certificate mode, as it does of applications that chose it. */
  alipayCertificates?: AlipayCertificates;
  clock: Clock;
  /** Milliseconds between the attempts of a notification; the first goes at once. */
  notifyDelaysMs?: readonly number[];
}

/** Where the routes of the sandbox lie, seen from outside. */
export const ALIPAY_GATEWAY_PATH = '/sandbox/alipay/gateway.do';
export const WECHAT_BASE_PATH = '/sandbox/wechat';

/** An address at the gateways themselves; merchants refuse a bill that lies elsewhere. */
export function gatewayAddress({ publicUrl, gatewayUrl = publicUrl }: SandboxOptions, path: string): string {
  return gatewayUrl().replace(/\/+$/, '') + path;
}

/** The page at which the buyer of an order pays. */
export function cashierUrl(options: SandboxOptions, orderId: string): string {
  return `${options.publicUrl().replace(/\/+$/, '')}/sandbox/cashier/${encodeURIComponent(orderId)}`;
}

/** The page on which an agreement's buyer signs. */
export function agreementUrl(options: SandboxOptions, externalNo: string): string {
  return `${options.publicUrl().replace(/\/+$/, '')}/sandbox/agreements/${encodeURIComponent(externalNo)}`;
}
