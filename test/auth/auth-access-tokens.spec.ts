import jwt, { type SignOptions } from 'jsonwebtoken';
import { until } from '../support/embedded-process.js';
import {
  AUDIENCE,
  ISSUER,
  JWT_SECRET,
  PASSWORD,
  register,
  startAuthApp,
  type AuthApp,
} from '../support/auth-app.js';

describe('access tokens over HTTP', () => {
  let app: AuthApp;
  let session: { accessToken: string; refreshToken: string };
  let claims: Record<string, unknown>;

  beforeAll(async () => {
    app = await startAuthApp();
    session = await register(app, 'anna');
    claims = jwt.decode(session.accessToken) as Record<string, unknown>;
  });
  afterAll(() => app.close());

  const statusWith = async (token: string) => (await app.call('GET', '/users/me', { token })).status;

  /** The real token's claims with a change (undefined: without that claim), signed as the server would. */
  const forge = (changes: object = {}, options: SignOptions = {}, secret = JWT_SECRET) =>
    jwt.sign(JSON.parse(JSON.stringify({ ...claims, ...changes })), secret, {
      algorithm: 'HS256',
      ...options,
    });

  it('are JWTs by HS256 with the bytes of the secret as the key, for 15 minutes', async () => {
    const verified = jwt.verify(session.accessToken, Buffer.from(JWT_SECRET), {
      ignoreExpiration: true,
      complete: true,
    });
    expect(verified.header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(verified.payload).toEqual({
      sub: expect.any(String),
      account: expect.any(String),
      role: 'user',
      sid: expect.any(String),
      type: 'access',
      iss: ISSUER,
      aud: AUDIENCE,
      iat: app.clock.now().getTime() / 1000,
      exp: app.clock.now().getTime() / 1000 + 900,
    });
    expect(await statusWith(forge())).toBe(200);
  });

  it.each<[string, () => string]>([
    ['no algorithm', () => unsigned(session.accessToken)],
    ['HS512', () => forge({}, { algorithm: 'HS512' })],
    ['HS384', () => forge({}, { algorithm: 'HS384' })],
    ['another secret', () => forge({}, {}, 'another-secret-that-is-just-as-long-as-it')],
    ['an empty signature', () => session.accessToken.replace(/[^.]+$/, '')],
    ['a changed claim', () => withClaims(session.accessToken, { ...claims, role: 'admin' })],
    ['another issuer', () => forge({ iss: 'somebody else' })],
    ['no issuer', () => forge({ iss: undefined })],
    ['another audience', () => forge({ aud: 'somebody else' })],
    ['no audience', () => forge({ aud: undefined })],
    ['another type', () => forge({ type: 'refresh' })],
    ['no type', () => forge({ type: undefined })],
    ['no expiry', () => forge({ exp: undefined })],
    ['no user', () => forge({ sub: undefined })],
    ['no account', () => forge({ account: undefined })],
    ['no session', () => forge({ sid: undefined })],
    ['an unknown role', () => forge({ role: 'root' })],
    ['a refresh token', () => session.refreshToken],
    ['no token at all', () => ''],
    ['nonsense', () => 'a.b.c'],
  ])('are refused with %s', async (_, token) => {
    const answer = await app.call('GET', '/users/me', { token: token() });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('takes no token from the query or the body', async () => {
    expect((await app.call('GET', `/users/me?access_token=${session.accessToken}`)).status).toBe(401);
    expect((await app.call('PUT', '/users/me', { body: { access_token: session.accessToken } })).status).toBe(
      401,
    );
  });

  it('decides where an API key is sent along', async () => {
    const answer = await app.call('GET', '/users/me', { token: session.accessToken, apiKey: 'nonsense' });
    expect(answer.status).toBe(200);
    expect((await app.call('GET', '/users/me', { token: 'nonsense', apiKey: 'nonsense' })).status).toBe(401);
  });

  it('expires by the injected clock', async () => {
    const { accessToken } = await register(app, 'bert');
    app.clock.forward(900_000 - 1);
    expect(await statusWith(accessToken)).toBe(200);
    app.clock.forward(1);
    expect(await statusWith(accessToken)).toBe(401);
  });

  it('begins at its nbf, by the injected clock, however often it is tried', async () => {
    const token = forge({
      nbf: app.clock.now().getTime() / 1000 + 60,
      exp: app.clock.now().getTime() / 1000 + 90,
    });
    const statuses: number[] = [];
    for (const milliseconds of [0, 60_000 - 1, 1, 30_000 - 1, 1]) {
      app.clock.forward(milliseconds);
      statuses.push(await statusWith(token));
    }
    expect(statuses).toEqual([401, 401, 200, 200, 401]);
    const untimely = jwt.sign(JSON.stringify({ ...claims, exp: 2 ** 32, nbf: 'soon' }), JWT_SECRET, {
      header: { alg: 'HS256', typ: 'JWT' },
    });
    expect(await statusWith(untimely)).toBe(401);
  });

  it('ends with its session, however often it was good', async () => {
    const { accessToken } = await register(app, 'carla');
    const elsewhere = await app.call('POST', '/auth/login', {
      body: { email: 'carla@example.com', password: PASSWORD },
    });
    expect([await statusWith(accessToken), await statusWith(accessToken)]).toEqual([200, 200]);
    await app.call('POST', '/users/me/password', {
      token: elsewhere.body.accessToken,
      body: { currentPassword: PASSWORD, newPassword: `${PASSWORD} again` },
    });
    await until(async () => (await statusWith(accessToken)) === 401);
    expect(await statusWith(elsewhere.body.accessToken)).toBe(200);
  });

  it('is nobody’s in another process with another key, however often it was good in this one', async () => {
    const other = await startAuthApp({ secret: 'the-key-of-somebody-else-of-32-bytes' });
    try {
      const { accessToken } = await register(app, 'dora');
      const statusAt = async ({ call }: AuthApp) =>
        (await call('GET', '/api-keys', { token: accessToken })).status;
      expect([await statusAt(app), await statusAt(app), await statusAt(other)]).toEqual([200, 200, 401]);
    } finally {
      await other.close();
    }
  });
});

function unsigned(token: string): string {
  const [, payload] = token.split('.');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
}

function withClaims(token: string, claims: object): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encode(claims)}.${signature}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
