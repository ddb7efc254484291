import { createBrowserClient, UnauthenticatedError, type BrowserClient } from '../src/index.js';
import { PASSWORD, startApp, type CommercialApp } from '../../../test/support/app.js';

describe('the client of a browser', () => {
  let app: CommercialApp;
  let people = 0;

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const emailOf = () => `person${(people += 1)}@example.com`;

  interface Visit {
    client: BrowserClient;
    /** Paths, in their order. */
    seen: string[];
    /** Answers the next request with an access token as if that had ended. */
    forgetAccess(): void;
    signedOut: number;
    kept: { token: string | null };
  }

  /** A page: somebody's browser, with a place for its refresh token. */
  function visit(kept: { token: string | null } = { token: null }): Visit {
    let isOld = false;
    const page: Visit = {
      seen: [],
      signedOut: 0,
      kept,
      forgetAccess: () => (isOld = true),
      client: createBrowserClient({
        baseUrl: app.url,
        retry: { baseMs: 1 },
        store: { load: () => kept.token, save: (token) => void (kept.token = token) },
        onSignedOut: () => (page.signedOut += 1),
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          page.seen.push(new URL(String(input)).pathname);
          if (page.seen.at(-1) === '/auth/refresh') isOld = false;
          else if (isOld && headers.has('authorization')) headers.set('authorization', 'Bearer ended');
          return fetch(input, { ...init, headers });
        },
      }),
    };
    return page;
  }

  const refreshes = ({ seen }: Visit) => seen.filter((path) => path === '/auth/refresh').length;

  it('registers, calls, and signs out', async () => {
    const page = visit();
    const email = emailOf();
    expect(await page.client.isSignedIn()).toBe(false);
    expect(await page.client.auth.register({ email, password: PASSWORD })).toMatchObject({ email });
    expect(await page.client.quota.list()).toMatchObject([{ quotaType: 'processing_count', limit: 10 }]);
    expect(refreshes(page)).toBe(0);
    const { token } = page.kept;
    await page.client.auth.logout();
    expect(page.kept.token).toBeNull();
    await expect(page.client.quota.list()).rejects.toThrow(UnauthenticatedError);
    expect(await visit({ token }).client.isSignedIn()).toBe(false);
    expect(page.signedOut).toBe(0);
  });

  it('exchanges a token once, however many calls find it ended, and makes each of them', async () => {
    const page = visit();
    await page.client.auth.register({ email: emailOf(), password: PASSWORD });
    page.forgetAccess();
    const calls = Array.from({ length: 12 }, () =>
      page.client.quota.consume({ resourceType: 'dicom_processing' }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(refreshes(page)).toBe(1);
    expect((await page.client.quota.list())[0]).toMatchObject({ used: 10 });
  });

  it('comes back to its session by the refresh token, asked for once', async () => {
    const first = visit();
    await first.client.auth.register({ email: emailOf(), password: PASSWORD });
    const later = visit(first.kept);
    await Promise.all([later.client.user.get(), later.client.quota.list(), later.client.isSignedIn()]);
    expect(refreshes(later)).toBe(1);
  });

  it('shares a session with another tab', async () => {
    const kept = { token: null };
    const [one, two] = [visit(kept), visit(kept)];
    await one.client.auth.register({ email: emailOf(), password: PASSWORD });
    await two.client.user.get();
    one.forgetAccess();
    two.forgetAccess();
    await Promise.all([one.client.user.get(), two.client.user.get()]);
    await one.client.user.get();
    expect(one.signedOut + two.signedOut).toBe(0);
  });

  it('tells once that the session was ended elsewhere', async () => {
    const page = visit();
    const email = emailOf();
    await page.client.auth.register({ email, password: PASSWORD });
    const elsewhere = visit();
    await elsewhere.client.auth.login({ email, password: PASSWORD });
    await elsewhere.client.request('DELETE /sessions');
    page.forgetAccess();
    const outcomes = await Promise.allSettled([page.client.user.get(), page.client.quota.list()]);
    expect(outcomes.map((outcome: any) => outcome.reason?.name)).toEqual([
      'UnauthenticatedError',
      'UnauthenticatedError',
    ]);
    expect(page.signedOut).toBe(1);
    expect(await page.client.isSignedIn()).toBe(false);
  });

  it('takes a wrong password for no ended session: it is tried once', async () => {
    const page = visit();
    await page.client.auth.register({ email: emailOf(), password: PASSWORD });
    const change = page.client.user.changePassword({
      currentPassword: 'wrong horse battery staple',
      newPassword: `another ${PASSWORD}`,
    });
    await expect(change).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(page.seen.filter((path) => path === '/users/me/password')).toHaveLength(1);
    expect(refreshes(page)).toBe(0);
  });

  it('buys, and reads what it bought', async () => {
    const page = visit();
    await page.client.auth.register({ email: emailOf(), password: PASSWORD });
    const { payment } = await page.client.subscriptions.subscribe({ planCode: 'pro', provider: 'alipay' });
    await app.call('POST', `/sandbox/payments/${payment!.orderId}/pay`);
    while ((await page.client.payments.get(payment!.orderId)).status !== 'paid')
      await new Promise(setImmediate);
    expect(await page.client.subscriptions.current()).toMatchObject({
      plan: { code: 'pro' },
      status: 'active',
    });
    const listed: string[] = [];
    for await (const { orderId } of page.client.payments.list({ limit: 1 })) listed.push(orderId);
    expect(listed).toEqual([payment!.orderId]);
    expect(
      Buffer.from(await page.client.payments.receipt(payment!.orderId))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('releases a hold whose work throws, and commits one whose work is done at its cost', async () => {
    const { client } = visit();
    await client.auth.register({ email: emailOf(), password: PASSWORD });
    const failed = client.quota.withHold({ resourceType: 'dicom_processing', cost: 4 }, () => {
      throw new RangeError('no such study');
    });
    await expect(failed).rejects.toThrow('no such study');
    expect((await client.quota.list())[0]).toMatchObject({ used: 0 });
    const result = await client.quota.withHold(
      { resourceType: 'dicom_processing', cost: 4 },
      async (hold) => {
        expect((await client.quota.list())[0]).toMatchObject({ used: 4 });
        hold.commitCost = 3;
        return 'read';
      },
    );
    expect(result).toBe('read');
    expect((await client.quota.list())[0]).toMatchObject({ used: 3 });
  });
});
