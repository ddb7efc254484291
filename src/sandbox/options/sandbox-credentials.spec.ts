import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandboxCredentials, loadOrCreateSandboxCredentials } from './sandbox-credentials.js';

const publicPem = (privateKey: string) =>
  createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'pem' });

describe('createSandboxCredentials', () => {
  const { merchant, gateway } = createSandboxCredentials();

  it('gives each side the public key of the other', () => {
    expect(publicPem(merchant.alipay.privateKey)).toBe(gateway.alipay.merchantPublicKey);
    expect(publicPem(gateway.alipay.privateKey)).toBe(merchant.alipay.alipayPublicKey);
    expect(publicPem(merchant.wechat.privateKey)).toBe(gateway.wechat.merchantPublicKey);
    expect(publicPem(gateway.wechat.privateKey)).toBe(merchant.wechat.publicKey.pem);
    expect(merchant.wechat.publicKey.id).toBe(gateway.wechat.publicKeyId);
  });

  it('makes four different keys of 2048 bits', () => {
    const keys = [merchant.alipay, merchant.wechat, gateway.alipay, gateway.wechat].map(
      (end) => end.privateKey,
    );
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(createPrivateKey(key).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('makes ids in the channels’ forms', () => {
    expect(merchant.alipay.appId).toMatch(/^2021\d{12}$/);
    expect(merchant.alipay.sellerId).toMatch(/^2088\d{12}$/);
    expect(merchant.wechat.mchId).toMatch(/^16\d{8}$/);
    expect(merchant.wechat.merchantSerial).toMatch(/^[0-9A-F]{40}$/);
    expect(merchant.wechat.publicKey.id).toMatch(/^PUB_KEY_ID_\d+$/);
    expect(Buffer.byteLength(merchant.wechat.apiV3Key)).toBe(32);
  });
});

describe('loadOrCreateSandboxCredentials', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sandbox-credentials-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes them once, for the owner’s eyes only', () => {
    const inside = join(folder, 'new', 'folder');
    const first = loadOrCreateSandboxCredentials(inside);
    expect(loadOrCreateSandboxCredentials(inside)).toEqual(first);
    expect(readdirSync(inside)).toEqual(['sandbox-credentials.json']);
    expect(statSync(join(inside, 'sandbox-credentials.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['{"merchant":', '{}'])('names the file that is damaged (%s)', (text) => {
    writeFileSync(join(folder, 'sandbox-credentials.json'), text);
    expect(() => loadOrCreateSandboxCredentials(folder)).toThrow(
      /sandbox-credentials\.json are damaged: delete/,
    );
  });
});
