import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { DataSource } from 'typeorm';
import type { AuthOptions } from '../../src/auth/options/auth.options.js';
import { SigningKeys } from '../../src/auth/credentials/tokens/signing-keys.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/embedded-process.js';
import {
  AUDIENCE,
  ISSUER,
  JWT_SECRET,
  register,
  startAuthApp,
  type Answer,
  type AuthApp,
} from '../support/auth-app.js';

type Jwt = Partial<AuthOptions['jwt']>;

const NEXT_SECRET = 'the-next-key-of-this-spec-of-32-bytes-or-more';
const FIRST = pemPair('ec');
const SECOND = pemPair('rsa');

describe('signing keys', () => {
  let database: TestDatabase;
  const apps: AuthApp[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
  });

  /** Another process of the same service, with those keys. */
  async function startWith(keys: Jwt): Promise<AuthApp> {
    const app = await startAuthApp({ database, jwt: keys });
    apps.push(app);
    return app;
  }

  const jwks = async (app: AuthApp): Promise<JsonWebKey[]> =>
    (await app.call('GET', '/.well-known/jwks.json')).body.keys;
  const me = (app: AuthApp, token: string) => app.call('GET', '/users/me', { token });
  const refresh = (app: AuthApp, refreshToken: string) =>
    app.call('POST', '/auth/refresh', { body: { refreshToken } });

  it('publish nothing while a secret signs', async () => {
    const app = await startWith({});
    const { status, headers, body } = await app.call('GET', '/.well-known/jwks.json');
    expect([status, body]).toEqual([200, { keys: [] }]);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
  });

  describe.each([
    ['ES256', FIRST],
    ['RS256', SECOND],
  ] as const)('with a private key for %s', (alg, pair) => {
    let app: AuthApp;
    let token: string;

    beforeAll(async () => {
      app = await startWith({ privateKey: pair.privateKey });
      token = (await register(app, `anna-${alg.toLowerCase()}`)).accessToken;
    });

    it('let a host verify tokens by what is published alone', async () => {
      const { header } = jwt.decode(token, { complete: true }) ?? {};
      const key = (await jwks(app)).find(({ kid }) => kid === header?.kid);
      expect(key).toMatchObject({ alg, use: 'sig' });
      expect(Object.keys(key ?? {})).not.toContain('d');
      const verified = jwt.verify(token, createPublicKey({ key: key ?? {}, format: 'jwk' }), {
        algorithms: [alg],
        issuer: ISSUER,
        audience: AUDIENCE,
        ignoreExpiration: true,
      });
      expect(verified).toMatchObject({ type: 'access', role: 'user' });
      expect((await me(app, token)).status).toBe(200);
    });

    const forged = (header: object, signature?: (input: string) => Buffer | string) => {
      const [oldHeader = '', payload = '', oldSignature = ''] = token.split('.');
      const known = JSON.parse(Buffer.from(oldHeader, 'base64url').toString());
      const input = `${encode({ ...known, ...header })}.${payload}`;
      return `${input}.${signature ? Buffer.from(signature(input)).toString('base64url') : oldSignature}`;
    };
    const byStranger = (input: string) =>
      signature(alg, input, pemPair(alg === 'ES256' ? 'ec' : 'rsa').privateKey);
    const byOwner = (input: string) => signature(alg, input, pair.privateKey);

    it('take the token that such a forgery would make, were it not for the forgery', async () => {
      expect((await me(app, forged({}, byOwner))).status).toBe(200);
    });

    it.each<[string, () => string]>([
      ['alg none', () => forged({ alg: 'none' }, () => '')],
      ['alg none and the signature', () => forged({ alg: 'none' })],
      [
        'HS256 with the public key as the secret',
        () =>
          hmac(
            forged({ alg: 'HS256' }, () => ''),
            pair.publicKey,
          ),
      ],
      [
        'HS256 with the real secret, which only makes refresh tokens now',
        () =>
          hmac(
            forged({ alg: 'HS256' }, () => ''),
            JWT_SECRET,
          ),
      ],
      [
        'the other algorithm under the key’s name',
        () => forged({ alg: alg === 'ES256' ? 'RS256' : 'ES256' }, byOwner),
      ],
      ['a stranger’s signature', () => forged({}, byStranger)],
      ['a key of its own (jwk)', () => forged({ jwk: strangerJwk(alg) }, byStranger)],
      [
        'a key’s address of its own (jku)',
        () => forged({ jku: 'https://evil.example/jwks.json' }, byStranger),
      ],
      ['a certificate of its own (x5u)', () => forged({ x5u: 'https://evil.example/c.pem' }, byStranger)],
      ['no kid', () => forged({ kid: undefined }, byOwner)],
      ['an unknown kid', () => forged({ kid: 'unknown' }, byOwner)],
      ['a path as kid', () => forged({ kid: '../../dev/null' }, byOwner)],
      ['SQL as kid', () => forged({ kid: `' OR 1=1 --` }, byOwner)],
      ['__proto__ as kid', () => forged({ kid: '__proto__' }, byOwner)],
      ['an object as kid', () => forged({ kid: { $ne: 1 } }, byOwner)],
      ['an extension that is critical', () => forged({ crit: ['b64'], b64: false }, byOwner)],
      ['a payload that is no JSON', () => byOwnerOf('text')],
    ])('refuse %s', async (_, make) => {
      expect(await me(app, make())).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    });

    function byOwnerOf(payload: string): string {
      const input = `${token.split('.')[0]}.${Buffer.from(payload).toString('base64url')}`;
      return `${input}.${byOwner(input).toString('base64url')}`;
    }
  });

  it.each([
    ['a curve that signs otherwise', generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey],
    ['Ed25519, which the library of tokens does not know', generateKeyPairSync('ed25519').privateKey],
    ['an RSA key that is too short', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
  ])('are not %s', async (_, key) => {
    const privateKey = key.export({ format: 'pem', type: 'pkcs8' }).toString();
    await expect(startAuthApp({ database, jwt: { privateKey } })).rejects.toThrow(
      /EC P-256 \(ES256\) or RSA/,
    );
  });

  it('are not too short as former secrets either', () => {
    expect(() => keysOf({ previousSecrets: ['short'] })).toThrow(/32 bytes/);
  });

  it('give the same successor of a refresh token on both sides of a rotation', async () => {
    const before = await startWith({ previousSecrets: [NEXT_SECRET] });
    const after = await startWith({ secret: NEXT_SECRET, previousSecrets: [JWT_SECRET] });
    for (const [first, second] of [
      [before, after],
      [after, before],
    ] as const) {
      const { refreshToken } = await register(first, `bert${Math.random()}`);
      const successor = (await refresh(first, refreshToken)).body.refreshToken;
      expect(await refresh(second, refreshToken)).toMatchObject({
        status: 200,
        body: { refreshToken: successor },
      });
    }
  });

  it('refuse a former secret once it is gone', async () => {
    const before = await startWith({});
    const { accessToken } = await register(before, 'carl');
    expect(
      (await me(await startWith({ secret: NEXT_SECRET, previousSecrets: [JWT_SECRET] }), accessToken)).status,
    ).toBe(200);
    expect((await me(await startWith({ secret: NEXT_SECRET }), accessToken)).status).toBe(401);
  });

  it.each<[string, Jwt[]]>([
    [
      'from secret to secret',
      [
        {},
        { previousSecrets: [NEXT_SECRET] },
        { secret: NEXT_SECRET, previousSecrets: [JWT_SECRET] },
        { secret: NEXT_SECRET },
      ],
    ],
    [
      'from the secret to a key pair, and from that to the next',
      [
        {},
        { otherPublicKeys: [FIRST.publicKey] },
        { privateKey: FIRST.privateKey, previousSecrets: [JWT_SECRET] },
        { privateKey: FIRST.privateKey, otherPublicKeys: [SECOND.publicKey] },
        { privateKey: SECOND.privateKey, otherPublicKeys: [FIRST.publicKey] },
        { privateKey: SECOND.privateKey },
      ],
    ],
  ])(
    'rotate under load with no valid request refused: %s',
    async (_, steps) => {
      const [initial = {}, ...later] = steps;
      const service = new Service([await startWith(initial), await startWith(initial)]);
      const people = await Promise.all(
        Array.from({ length: 6 }, (_each, index) => register(service.any(), `load${index}-${Math.random()}`)),
      );
      const clients = people.map((person) => new Client(service, person));
      const load = clients.map((client) => client.run());
      for (const keys of later) {
        for (const index of [0, 1]) service.replace(index, await startWith(keys));
        // A token lives for 15 minutes; by then every client has refreshed, as these have.
        const generation = clients.map(({ refreshes }) => refreshes);
        await until(async () =>
          clients.every(({ refreshes }, index) => refreshes > (generation[index] ?? 0) + 1),
        );
      }
      service.isOpen = false;
      await Promise.all(load);
      const answers = clients.flatMap((client) => client.answers);
      expect(answers.length).toBeGreaterThan(100);
      expect(answers.filter((status) => status !== 200)).toEqual([]);
    },
    60_000,
  );
});

/** Several processes behind one address, replaced one at a time. */
class Service {
  isOpen = true;

  constructor(private readonly processes: AuthApp[]) {}

  any(): AuthApp {
    const index = Math.floor(Math.random() * this.processes.length);
    return this.processes[index]!;
  }

  replace(index: number, next: AuthApp): void {
    this.processes[index] = next;
  }
}

/** Somebody who uses the service without a pause, and refreshes often. */
class Client {
  readonly answers: number[] = [];
  refreshes = 0;

  constructor(
    private readonly service: Service,
    private tokens: { accessToken: string; refreshToken: string },
  ) {}

  async run(): Promise<void> {
    for (let turn = 0; this.service.isOpen; turn += 1) {
      this.note(await this.service.any().call('GET', '/users/me', { token: this.tokens.accessToken }));
      if (turn % 3 === 0) await this.refresh();
    }
  }

  private async refresh(): Promise<void> {
    const body = { refreshToken: this.tokens.refreshToken };
    // Twice at once, as a client with two tabs does.
    const answers = await Promise.all(
      [0, 1].map(() => this.service.any().call('POST', '/auth/refresh', { body })),
    );
    for (const answer of answers) this.note(answer);
    this.tokens = answers[0]?.body;
    this.refreshes += 1;
  }

  private note({ status }: Answer): void {
    this.answers.push(status);
  }
}

function keysOf(keys: Jwt): SigningKeys {
  return new SigningKeys({ dataSource: {} as DataSource, jwt: { secret: JWT_SECRET, ...keys } });
}

function pemPair(kind: 'ec' | 'rsa'): { privateKey: string; publicKey: string } {
  const pair =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

function signature(alg: 'ES256' | 'RS256', input: string, key: string): Buffer {
  return sign('sha256', Buffer.from(input), alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key);
}

/** The token with its signature made by HMAC, which jsonwebtoken would refuse to do with a public key. */
function hmac(token: string, key: string): string {
  const input = token.slice(0, token.lastIndexOf('.'));
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

function strangerJwk(alg: 'ES256' | 'RS256'): JsonWebKey {
  return createPublicKey(pemPair(alg === 'ES256' ? 'ec' : 'rsa').publicKey).export({ format: 'jwk' });
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
