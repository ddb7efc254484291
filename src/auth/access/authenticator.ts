import { Injectable, type ExecutionContext } from '@nestjs/common';
import { isUUID } from 'class-validator';
import passport from 'passport';
import { Problem } from '../../problems/problem.js';
import type { ServiceCaller, ServiceScope } from '../identity/caller/service-scopes.js';
import { CUSTOMERS_BY_SERVICES_ONLY } from './refusals.js';
import { HostUsers } from './host-users.js';
import { ServiceAccess } from './service-access.js';
import { API_KEY_STRATEGY, ApiKeyStrategy } from '../credentials/api-keys/api-key.strategy.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import { invalidInput, notUuid } from '../../problems/validation.pipe.js';
import { rememberHostCaller } from '../identity/caller/request-caller.js';
import { Memberships } from '../credentials/memberships/memberships.service.js';
import { JWT_STRATEGY, JwtStrategy } from '../credentials/tokens/jwt.strategy.js';
import { NOT_THEIRS } from './refusals.js';

/** Where a request carries whom it was found to come from. */
const CALLER = Symbol('authenticated caller');

/** What Fastify's request and Express's have in common. */
interface AnyRequest {
  headers: Record<string, string | string[] | undefined>;
  user?: unknown;
  [CALLER]?: { by: Authenticator; user: AuthenticatedUser };
}

/**
 * Answers who is calling, once for each request however many guards ask. The strategies run in a Passport of this
 * module's own: in the shared one, a second application in the process would put its strategies in the place of these.
 */
@Injectable()
export class Authenticator {
  private readonly passport = new passport.Passport();

  constructor(
    private readonly jwt: JwtStrategy,
    apiKey: ApiKeyStrategy,
    private readonly memberships: Memberships,
    private readonly services: ServiceAccess,
    private readonly hostUsers: HostUsers,
  ) {
    this.passport.use(JWT_STRATEGY, jwt);
    this.passport.use(API_KEY_STRATEGY, apiKey);
  }

  /**
   * @returns the caller, whom it also puts at `request.user`, a host's user excepted; null for a request without
   * credentials, and for one behind which the host's `identify` finds nobody.
   * @throws Problem UNAUTHENTICATED for credentials that are wrong, expired or revoked; FORBIDDEN for an account in
   * `X-Account-Id` that the caller may not act for.
   */
  async authenticate(context: ExecutionContext): Promise<AuthenticatedUser | null> {
    return this.callerOf(context);
  }

  /**
   * The same for guards, without a wait where none is needed: it is the way of nearly all requests.
   * @param service what a service key needs, to act for the customer that it names; null where none may
   * @throws Problem as above, and CUSTOMER_REQUIRED, NOT_FOUND for a service key without a customer that there is
   */
  callerOf(
    context: ExecutionContext,
    service: ServiceScope | null = null,
  ): AuthenticatedUser | null | Promise<AuthenticatedUser> {
    const http = context.switchToHttp();
    const request = http.getRequest<AnyRequest>();
    const known = request[CALLER];
    // A host's own guard may have put somebody else at `request.user` since.
    if (known?.by === this && (known.user.via === 'host' || known.user === request.user)) return known.user;
    if (ServiceAccess.isMeantBy(request.headers)) return this.service(request, service);
    if (request.headers['x-customer-id'] !== undefined)
      return this.refuseCustomer(request, http.getResponse());
    if (this.hostUsers.areHosts) return this.ofHost(request, http.getResponse());
    const strategy = strategyFor(request);
    if (!strategy) return null;
    const person = this.recognise(strategy, request) ?? this.run(strategy, request, http.getResponse());
    if (person instanceof Promise || request.headers['x-account-id'] !== undefined) {
      return this.introduce(request, person);
    }
    return this.establish(request, person);
  }

  /** For a handler that only services may call. @returns null for a request without credentials or with a user's. */
  serviceOf(context: ExecutionContext, scope: ServiceScope): ServiceCaller | null | Promise<ServiceCaller> {
    const { headers } = context.switchToHttp().getRequest<AnyRequest>();
    return ServiceAccess.isMeantBy(headers) ? this.services.callerOf(headers, scope) : null;
  }

  private service(
    request: AnyRequest,
    scope: ServiceScope | null,
  ): AuthenticatedUser | Promise<AuthenticatedUser> {
    const { headers } = request;
    const caller = this.services.callerOf(headers, scope);
    if (caller instanceof Promise) return this.serviceLater(request, caller);
    const customer = this.services.customerOf(headers, caller);
    if (customer instanceof Promise) return customer.then((user) => this.establish(request, user));
    return this.establish(request, customer);
  }

  private async serviceLater(
    request: AnyRequest,
    caller: Promise<ServiceCaller>,
  ): Promise<AuthenticatedUser> {
    return this.establish(request, await this.services.customerOf(request.headers, await caller));
  }

  private ofHost(
    request: AnyRequest,
    response: unknown,
  ): AuthenticatedUser | null | Promise<AuthenticatedUser> {
    const user = this.hostUsers.callerOf(request);
    if (!(user instanceof Promise) && user !== null && request.headers['x-account-id'] === undefined) {
      return this.establish(request, user);
    }
    if (user === null && !strategyFor(request)) return null;
    return this.introduceHost(request, response, user) as Promise<AuthenticatedUser>;
  }

  /** Beside the host's users, administrators of this package's own get in: by a password, and so by a token or key. */
  private async introduceHost(
    request: AnyRequest,
    response: unknown,
    found: AuthenticatedUser | null | Promise<AuthenticatedUser | null>,
  ): Promise<AuthenticatedUser | null> {
    const user = await found;
    if (user) return this.establish(request, await this.actingFor(user, request.headers['x-account-id']));
    const strategy = strategyFor(request);
    if (!strategy) return null;
    const person = await (this.recognise(strategy, request) ?? this.run(strategy, request, response));
    return this.establish(request, person && person.role === 'admin' ? person : null);
  }

  /** Once it is known that it is a user: anybody else is told no more than without the header. */
  private async refuseCustomer(request: AnyRequest, response: unknown): Promise<AuthenticatedUser> {
    if (this.hostUsers.areHosts && (await this.hostUsers.callerOf(request))) {
      throw new Problem('FORBIDDEN', { params: { reason: CUSTOMERS_BY_SERVICES_ONLY } });
    }
    const strategy = strategyFor(request);
    if (!strategy || !(await (this.recognise(strategy, request) ?? this.run(strategy, request, response)))) {
      throw new Problem('UNAUTHENTICATED');
    }
    throw new Problem('FORBIDDEN', { params: { reason: CUSTOMERS_BY_SERVICES_ONLY } });
  }

  private async introduce(
    request: AnyRequest,
    person: AuthenticatedUser | false | Promise<AuthenticatedUser | false>,
  ): Promise<AuthenticatedUser> {
    const known = (await person) || null;
    return this.establish(request, known && (await this.actingFor(known, request.headers['x-account-id'])));
  }

  private establish(request: AnyRequest, user: AuthenticatedUser | false | null): AuthenticatedUser {
    if (!user) throw new Problem('UNAUTHENTICATED');
    request[CALLER] = { by: this, user };
    // What a host keeps at `request.user` is what its `identify` may look at.
    if (user.via === 'host') rememberHostCaller(request, user);
    else request.user = user;
    return user;
  }

  /** An API key or a portal link is for one account, so that a leaked one opens no other. */
  private async actingFor(
    user: AuthenticatedUser,
    named: string | string[] | undefined,
  ): Promise<AuthenticatedUser> {
    if (named === undefined) return user;
    if (!isUUID(named)) throw invalidInput([notUuid('X-Account-Id')]);
    // As the database writes it: what is compared or locked by its text must be one text.
    const accountId = String(named).toLowerCase();
    if (accountId === user.accountId) return user;
    const role = user.via !== 'token' ? null : await this.memberships.roleOf(user.id, accountId);
    if (role) return { ...user, accountId, accountRole: role };
    throw new Problem('FORBIDDEN', { params: { reason: NOT_THEIRS } });
  }

  private recognise(strategy: string, { headers }: AnyRequest): ReturnType<JwtStrategy['recognise']> {
    return strategy === JWT_STRATEGY ? this.jwt.recognise(String(headers['authorization'])) : null;
  }

  private run(strategy: string, request: AnyRequest, response: unknown): Promise<AuthenticatedUser | false> {
    return new Promise((resolve, reject) => {
      const answer = (error: unknown, user?: AuthenticatedUser | false) =>
        error ? reject(error as Error) : resolve(user ?? false);
      this.passport.authenticate(strategy, { session: false }, answer)(request, response, reject);
    });
  }
}

/**
 * The token decides where both are sent: it is the person, and the key may be a default of the client's. Another scheme
 * in Authorization is not for us, and may be a proxy's.
 */
function strategyFor({ headers }: AnyRequest): string | null {
  if (/^bearer(\s|$)/i.test(headers['authorization']?.toString() ?? '')) return JWT_STRATEGY;
  return headers['x-api-key'] === undefined ? null : API_KEY_STRATEGY;
}
