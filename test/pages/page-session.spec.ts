import { PASSWORD, register, startApp, type CommercialApp } from '../support/app.js';
import type { Answer } from '../support/http-client.js';

const PATH = '/portal/session';

describe('the session of a page', () => {
  let app: CommercialApp;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  interface Sent {
    cookie?: string | undefined;
    /** Default: the page's own. Null: none. */
    origin?: string | null;
    body?: object;
  }

  const send = (
    method: string,
    path: string,
    { cookie, origin = app.url, body }: Sent = {},
  ): Promise<Answer> =>
    app.call(method, path, {
      ...(body && { body }),
      headers: { ...(origin !== null && { origin }), ...(cookie !== undefined && { cookie }) },
    });

  /** What a browser would send back, and what it was told about it. */
  const cookieOf = ({ headers }: Answer) => {
    const [pair = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ');
    return { pair, attributes };
  };

  async function signedIn(): Promise<{ cookie: string; email: string; body: any }> {
    const email = `visitor${(people += 1)}@example.com`;
    const answer = await send('POST', `${PATH}/registration`, { body: { email, password: PASSWORD } });
    expect(answer.status).toBe(201);
    return { cookie: cookieOf(answer).pair, email, body: answer.body };
  }

  it('keeps the refresh token from scripts, from other sites and from the API', async () => {
    const { email, body } = await signedIn();
    expect(JSON.stringify(body)).not.toContain('irt_');
    expect(body).toMatchObject({ user: { email }, tokenType: 'Bearer' });
    const answer = await send('POST', PATH, { body: { email, password: PASSWORD } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(answer.body)).not.toContain('irt_');
    const { pair, attributes } = cookieOf(answer);
    expect(pair).toMatch(/^portal-session=irt_/);
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/portal',
      'SameSite=Strict',
      'Secure',
    ]);
    expect((await app.call('GET', '/users/me', { token: answer.body.accessToken })).status).toBe(200);
  });

  it('is found again by the cookie, whose token serves once', async () => {
    const { cookie } = await signedIn();
    const answer = await send('POST', `${PATH}/refresh`, { cookie: `other=1; ${cookie}` });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['accessToken', 'expiresIn', 'portal', 'tokenType']);
    expect(cookieOf(answer).pair).not.toBe(cookie);
    expect((await app.call('GET', '/quota', { token: answer.body.accessToken })).status).toBe(200);
  });

  it('is nobody’s without a cookie, and ends with one that is not valid', async () => {
    expect((await send('POST', `${PATH}/refresh`)).status).toBe(204);
    const answer = await send('POST', `${PATH}/refresh`, { cookie: 'portal-session=irt_invented' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'INVALID_REFRESH_TOKEN' } });
    expect(cookieOf(answer)).toMatchObject({
      pair: 'portal-session=',
      attributes: expect.arrayContaining(['Max-Age=0']),
    });
  });

  it('ends for good when signing out', async () => {
    const { cookie, body } = await signedIn();
    const answer = await send('DELETE', PATH, { cookie });
    expect(answer.status).toBe(204);
    expect(cookieOf(answer).pair).toBe('portal-session=');
    expect((await send('POST', `${PATH}/refresh`, { cookie })).status).toBe(401);
    const { accessToken } = body;
    const isOver = async () => (await app.call('GET', '/users/me', { token: accessToken })).status === 401;
    while (!(await isOver())) await new Promise(setImmediate);
    expect((await send('DELETE', PATH)).status).toBe(204);
  });

  it('answers no other site, whatever it is asked', async () => {
    const { cookie, email } = await signedIn();
    for (const origin of [
      null,
      'https://evil.example.com',
      'null',
      `${app.url}.evil.example.com`,
      'nonsense',
    ]) {
      const refused = { status: 400, body: { code: 'REQUEST_REFUSED' } };
      const body = { email, password: PASSWORD };
      expect(await send('POST', PATH, { origin, body })).toMatchObject(refused);
      expect(await send('POST', `${PATH}/registration`, { origin, body })).toMatchObject(refused);
      expect(await send('POST', `${PATH}/refresh`, { origin, cookie })).toMatchObject(refused);
      expect(await send('DELETE', PATH, { origin, cookie })).toMatchObject(refused);
    }
    expect((await send('POST', `${PATH}/refresh`, { cookie })).status).toBe(200);
  });

  it('is limited and refused as every sign-in', async () => {
    const { email } = await register(app, 'known');
    const answer = await send('POST', PATH, { body: { email, password: 'wrong horse battery staple' } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    const again = await send('POST', `${PATH}/registration`, { body: { email, password: PASSWORD } });
    expect(again).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
  });
});
