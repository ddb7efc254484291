import { createSandboxCredentials } from '../options/sandbox-credentials.js';
import { isSignedBy, signedText, signRsa2 } from './alipay-signature.js';

describe('signedText', () => {
  it('sorts by name, and leaves out empty fields and the signature', () => {
    const fields = { b: '2', sign: 'x', a: '1 & %', c: '', A: '0', sign_type: 'RSA2' };
    expect(signedText(fields, ['sign'])).toBe('A=0&a=1 & %&b=2&sign_type=RSA2');
    expect(signedText(fields, ['sign', 'sign_type'])).toBe('A=0&a=1 & %&b=2');
  });
});

describe('RSA2', () => {
  const { gateway } = createSandboxCredentials();

  it('verifies what was signed, and nothing else', () => {
    const keys = createSandboxCredentials();
    const signature = signRsa2('金额=1', keys.merchant.alipay.privateKey);
    expect(isSignedBy('金额=1', signature, keys.gateway.alipay.merchantPublicKey)).toBe(true);
    expect(isSignedBy('金额=2', signature, keys.gateway.alipay.merchantPublicKey)).toBe(false);
    expect(isSignedBy('金额=1', signature, gateway.alipay.merchantPublicKey)).toBe(false);
    for (const forged of ['', 'AAAA', '!!!']) {
      expect(isSignedBy('金额=1', forged, keys.gateway.alipay.merchantPublicKey)).toBe(false);
    }
  });
});
