import type { CommercialApp } from '../../test/support/app.js';
import { PASSWORD } from '../../test/support/app.js';
import type { Caller } from './requests.js';

const FORGED = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.';

/** Who calls. The generator logs people out, changes their passwords and removes them, so they are replaced. */
export class People {
  private readonly headers = new Map<Caller, Record<string, string>>([
    ['nobody', {}],
    ['forged', { authorization: `Bearer ${FORGED}` }],
  ]);
  private readonly names = new Map<Caller, string>();
  private made = 0;

  constructor(private readonly app: CommercialApp) {}

  async headersOf(caller: Caller): Promise<Record<string, string>> {
    const kept = this.headers.get(caller);
    if (kept) return kept;
    const made = await this.make(caller);
    this.headers.set(caller, made);
    return made;
  }

  /** Tells who that caller is at present from who was it before. */
  nameOf(caller: Caller): string {
    return this.names.get(caller) ?? caller;
  }

  /** The next request of that caller comes from somebody new. */
  replace(caller: Caller): void {
    if (caller !== 'nobody' && caller !== 'forged') this.headers.delete(caller);
  }

  private async make(caller: Caller): Promise<Record<string, string>> {
    this.made += 1;
    const name = `${caller.toLowerCase()}-${this.made}`;
    this.names.set(caller, name);
    const email = `${name}@example.com`;
    const registered = await this.app.call('POST', '/auth/register', { body: { email, password: PASSWORD } });
    if (registered.status !== 201) throw new Error(`registering answers ${registered.status}`);
    const token = registered.body.accessToken as string;
    if (caller === 'apiKey') {
      const { body } = await this.app.call('POST', '/api-keys', { body: { name: 'generator' }, token });
      return { 'x-api-key': body.key };
    }
    if (caller === 'user') return { authorization: `Bearer ${token}` };
    await this.app.sql(`UPDATE commercial.users SET role = 'admin' WHERE email = $1`, [email]);
    const { body } = await this.app.call('POST', '/auth/login', { body: { email, password: PASSWORD } });
    return { authorization: `Bearer ${body.accessToken}` };
  }
}
