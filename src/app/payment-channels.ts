import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { Order } from '../billing/ledger/records/order.entity.js';
import type { CommercialOptions } from '../commercial/commercial-options.js';
import { ConfigurationError } from '../config/configuration-error.js';
import type { Configuration } from '../config/configuration.js';
import { loadOrCreateSandboxCredentials, type SandboxKeys } from '../sandbox/options/sandbox-credentials.js';
import {
  ALIPAY_GATEWAY_PATH,
  WECHAT_BASE_PATH,
  type SandboxOptions,
} from '../sandbox/options/sandbox.options.js';
import type { Clock } from '../time/clock.js';

export interface Channels {
  payments: NonNullable<CommercialOptions['payments']>;
  sandbox: SandboxOptions | null;
}

/**
 * The channels as configured; with the sandbox on, those that aren't are pointed at its gateways over HTTP, with keys
 * that it made. The providers can't tell the difference.
 */
export function payThrough(
  configuration: Configuration,
  context: { localUrl: string; publicUrl: string; dataSource: DataSource; clock: Clock },
): Channels {
  const { alipay, alipayAgreements, wechat } = configuration;
  const byAgreement = alipayAgreements ? { agreements: alipayAgreements } : {};
  const configured = {
    ...(alipay ? { alipay: { ...alipay, ...byAgreement } } : {}),
    ...(wechat ? { wechat } : {}),
  };
  if (!configuration.sandbox) return { payments: configured, sandbox: null };
  const folder = join(configuration.dataDir, 'sandbox');
  const keys = sandboxKeys(folder);
  return {
    payments: {
      alipay: { ...keys.merchant.alipay, gateway: context.localUrl + ALIPAY_GATEWAY_PATH, ...byAgreement },
      wechat: { ...keys.merchant.wechat, baseUrl: context.localUrl + WECHAT_BASE_PATH },
      ...configured,
    },
    sandbox: {
      publicUrl: () => context.publicUrl,
      gatewayUrl: () => context.localUrl,
      credentials: keys.gateway,
      journalPath: join(folder, 'orders.jsonl'),
      paymentUrlOf: (orderId) => paymentUrlOf(context.dataSource, orderId),
      clock: context.clock,
    },
  };
}

function sandboxKeys(folder: string): SandboxKeys {
  try {
    return loadOrCreateSandboxCredentials(folder);
  } catch (error) {
    throw new ConfigurationError([(error as Error).message]);
  }
}

async function paymentUrlOf(dataSource: DataSource, orderId: string): Promise<string | null> {
  return (await dataSource.manager.findOneBy(Order, { orderId }))?.paymentUrl ?? null;
}
