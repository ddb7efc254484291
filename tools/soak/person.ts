import { send, type Answer } from '../../test/support/http-client.js';

const PASSWORD = 'correct horse battery staple';
const CONSUME = { resourceType: 'dicom_processing' };

/** Does one thing after the other, as a front end and a host would. Every answer that isn't the expected one is an error. */
export class Person {
  private token = '';
  private refreshToken = '';
  readonly errors = new Map<string, number>();

  constructor(
    private readonly url: string,
    private readonly email: string,
  ) {}

  async register(): Promise<void> {
    const body = { email: this.email, password: PASSWORD };
    this.signedIn(await this.expect(201, 'POST', '/auth/register', body));
  }

  async login(): Promise<void> {
    const body = { email: this.email, password: PASSWORD };
    this.signedIn(await this.expect(200, 'POST', '/auth/login', body));
  }

  async refresh(): Promise<void> {
    this.signedIn(await this.expect(200, 'POST', '/auth/refresh', { refreshToken: this.refreshToken }));
  }

  async buy(provider: 'alipay' | 'wechat'): Promise<void> {
    const ordered = await this.expect(201, 'POST', '/subscriptions', { planCode: 'enterprise', provider });
    if (ordered.status !== 201) return;
    const { orderId } = ordered.body.payment;
    await this.expect(204, 'POST', `/sandbox/payments/${orderId}/pay`);
    // The channel's notification and this question meet; whichever comes first settles.
    await this.expect(200, 'GET', `/payments/${orderId}`);
  }

  async consume(): Promise<void> {
    await this.expect(200, 'POST', '/quota/consume', CONSUME);
  }

  async holdAndCommit(): Promise<void> {
    const held = await this.expect(201, 'POST', '/quota/holds', { ...CONSUME, cost: 3 });
    if (held.status !== 201) return;
    await this.expect(200, 'POST', `/quota/holds/${held.body.holdId}/commit`, { cost: 2 });
  }

  async look(): Promise<void> {
    for (const path of [
      '/quota',
      '/usage?limit=20',
      '/payments?limit=20',
      '/subscriptions/current',
      '/plans',
    ]) {
      await this.expect(200, 'GET', path);
    }
  }

  private signedIn({ status, body }: Answer): void {
    if (status >= 300) return;
    this.token = body.accessToken;
    this.refreshToken = body.refreshToken;
  }

  private async expect(status: number, method: string, path: string, body?: object): Promise<Answer> {
    const answer = await send(this.url + path, method, { token: this.token, ...(body ? { body } : {}) });
    if (answer.status !== status) {
      const error = `${method} ${path.replaceAll(/[0-9a-f-]{30,}/g, ':id')}: ${answer.status} ${answer.body?.code ?? ''}`;
      this.errors.set(error, (this.errors.get(error) ?? 0) + 1);
    }
    return answer;
  }
}
