// The gateways, inside a Nest application
export { SandboxModule } from './sandbox.module.js';
export { ALIPAY_GATEWAY_PATH, WECHAT_BASE_PATH } from './sandbox.options.js';
export type { SandboxOptions } from './sandbox.options.js';

// Both ends' keys
export { createSandboxCredentials, loadOrCreateSandboxCredentials } from './sandbox-credentials.js';
export type { SandboxCredentials, SandboxKeys } from './sandbox-credentials.js';
export { issueAlipayCertificates, issueWechatCertificate } from './certificates/issue-certificates.js';
export type { AlipayCertificates, WechatPlatformCertificate } from './certificates/issue-certificates.js';

// The people and the troubles
export { SandboxBuyer } from './cashier/sandbox-buyer.js';
export { SandboxFaults } from './faults/sandbox-faults.js';
export type { Fault } from './faults/fault.js';
export { SandboxOrders } from './orders/sandbox-orders.js';
export type { SandboxChannel, SandboxOrder, SandboxRefund } from './orders/sandbox-order.js';

// What any payment provider must do
export { describePaymentProvider, paymentProviderContract } from './contract/provider-contract.js';
export type { ContractCase, ProviderWorld } from './contract/provider-world.js';
