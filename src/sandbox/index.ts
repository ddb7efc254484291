// The gateways, inside a Nest application
export { SandboxModule } from './sandbox.module.js';
export { ALIPAY_GATEWAY_PATH, WECHAT_BASE_PATH } from './options/sandbox.options.js';
export type { SandboxOptions } from './options/sandbox.options.js';

// Both ends' keys
export { createSandboxCredentials, loadOrCreateSandboxCredentials } from './options/sandbox-credentials.js';
export type { SandboxCredentials, SandboxKeys } from './options/sandbox-credentials.js';
export { issueAlipayCertificates, issueWechatCertificate } from './options/issue-certificates.js';
export type { AlipayCertificates, WechatPlatformCertificate } from './options/issue-certificates.js';

// The people and the troubles
export { SandboxBuyer } from './cashier/sandbox-buyer.js';
export { SandboxFaults } from './faults/sandbox-faults.js';
export type { Fault } from './faults/fault.js';
export { SandboxOrders } from './records/sandbox-orders.js';
export type { SandboxChannel, SandboxOrder, SandboxRefund } from './records/sandbox-order.js';

// What any payment provider must do
export { describePaymentProvider, paymentProviderContract } from './contract/provider-contract.js';
export type { ContractCase, ProviderWorld } from './contract/provider-world.js';
