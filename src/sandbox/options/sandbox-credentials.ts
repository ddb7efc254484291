import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AlipayOptions } from '../../providers/alipay/alipay.options.js';
import type { WechatPayOptions } from '../../providers/wechat/wechat-pay.options.js';

const alipayGateway = z.object({
  appId: z.string(),
  sellerId: z.string(),
  /** The gateway's own key: signs answers and notifications. */
  privateKey: z.string(),
  merchantPublicKey: z.string(),
});

const wechatGateway = z.object({
  appId: z.string(),
  mchId: z.string(),
  merchantSerial: z.string(),
  merchantPublicKey: z.string(),
  apiV3Key: z.string().length(32),
  /** The gateway's own key and its id, the serial on everything that it signs. */
  privateKey: z.string(),
  publicKeyId: z.string(),
});

const sandboxKeys = z.object({
  merchant: z.object({
    alipay: z.object({
      appId: z.string(),
      sellerId: z.string(),
      privateKey: z.string(),
      alipayPublicKey: z.string(),
    }),
    wechat: z.object({
      appId: z.string(),
      mchId: z.string(),
      merchantSerial: z.string(),
      privateKey: z.string(),
      apiV3Key: z.string().length(32),
      publicKey: z.object({ id: z.string(), pem: z.string() }),
    }),
  }),
  gateway: z.object({ alipay: alipayGateway, wechat: wechatGateway }),
});

/** What the two gateways hold. Keys are PEM. */
export type SandboxCredentials = z.infer<typeof sandboxKeys>['gateway'];

/** Both ends of a sandbox: what the merchant configures, and what the gateways hold. */
export interface SandboxKeys {
  merchant: {
    alipay: Omit<AlipayOptions, 'gateway'> & { alipayPublicKey: string };
    wechat: Omit<WechatPayOptions, 'baseUrl'> & { publicKey: { id: string; pem: string } };
  };
  gateway: SandboxCredentials;
}

/** Makes a merchant with fresh RSA-2048 keys at both channels; takes up to a second. */
export function createSandboxCredentials(): SandboxKeys {
  const alipayMerchant = rsaKeyPair();
  const alipay = rsaKeyPair();
  const wechatMerchant = rsaKeyPair();
  const wechat = rsaKeyPair();
  const seller = { appId: `2021${digits(12)}`, sellerId: `2088${digits(12)}` };
  const merchant = {
    appId: `wx${randomBytes(8).toString('hex')}`,
    mchId: `16${digits(8)}`,
    merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
    apiV3Key: randomBytes(16).toString('hex'),
  };
  const publicKeyId = `PUB_KEY_ID_01${merchant.mchId}${digits(18)}`;
  return {
    merchant: {
      alipay: { ...seller, privateKey: alipayMerchant.privateKey, alipayPublicKey: alipay.publicKey },
      wechat: {
        ...merchant,
        privateKey: wechatMerchant.privateKey,
        publicKey: { id: publicKeyId, pem: wechat.publicKey },
      },
    },
    gateway: {
      alipay: {
        ...seller,
        privateKey: alipay.privateKey,
        merchantPublicKey: alipayMerchant.publicKey,
      },
      wechat: {
        ...merchant,
        privateKey: wechat.privateKey,
        publicKeyId,
        merchantPublicKey: wechatMerchant.publicKey,
      },
    },
  };
}

/**
 * The credentials kept in `folder`, made at the first call, so that orders stay payable over a restart.
 * @throws Error if the file there is damaged.
 */
export function loadOrCreateSandboxCredentials(folder: string): SandboxKeys {
  const path = join(folder, 'sandbox-credentials.json');
  const kept = load(path);
  if (kept) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const keys = createSandboxCredentials();
  writeFileSync(draft, JSON.stringify(keys, null, 2), { mode: 0o600 });
  try {
    // A link appears whole or not at all, and unlike a rename it never replaces what another process put there.
    linkSync(draft, path);
    return keys;
  } catch (error) {
    const theirs = load(path);
    if (!theirs) throw error;
    return theirs;
  } finally {
    rmSync(draft, { force: true });
  }
}

function load(path: string): SandboxKeys | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return sandboxKeys.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `The sandbox credentials in ${path} are damaged: delete the file and they are made afresh.`,
    );
  }
}

function rsaKeyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** A run of random decimal digits, the first not zero. */
function digits(count: number): string {
  return Array.from({ length: count }, (_, place) => randomInt(place === 0 ? 1 : 0, 10)).join('');
}
