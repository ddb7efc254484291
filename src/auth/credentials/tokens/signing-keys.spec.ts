import jwt from 'jsonwebtoken';
import { rsaPair } from '../../../../test/support/rsa-pair.js';
import type { AuthOptions } from '../../options/auth.options.js';
import { SigningKeys } from './signing-keys.js';

const { privateKey } = rsaPair();

/** A key is good for the algorithm that it was made for, and no other (RFC 8725, 3.1). */
describe('a key for a token', () => {
  const keys = new SigningKeys({
    jwt: { secret: 'only for this spec, and more than 32 bytes', privateKey },
  } as AuthOptions);
  const kid = keys.jwks().keys[0]!.kid;
  const signedBy = (algorithm: jwt.Algorithm) =>
    jwt.sign({ sub: 'somebody' }, privateKey, { algorithm, keyid: kid });

  it('is found by name where the algorithm is its own', () => {
    expect(keys.keyFor(signedBy('RS256'))).not.toBeNull();
  });

  it.each(['RS384', 'RS512', 'PS256'] as const)(
    'isn’t found for %s, which the key could sign too',
    (algorithm) => {
      expect(keys.keyFor(signedBy(algorithm))).toBeNull();
    },
  );
});
