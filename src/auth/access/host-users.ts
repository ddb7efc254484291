import { Inject, Injectable, Logger } from '@nestjs/common';
import { Problem } from '../../problems/problem.js';
import { Customers } from '../credentials/customers/customers.service.js';
import { KnownCustomers, type KnownCustomer } from '../credentials/customers/known-customers.js';
import type { AuthenticatedUser } from '../identity/caller/authenticated-user.js';
import { isExternalId } from '../identity/customers/external-id.js';
import { isEmailAddress, normalEmail } from '../identity/users/email.js';
import { MAX_DISPLAY_NAME } from '../identity/users/display-name.js';
import { AUTH_OPTIONS, type AuthOptions } from '../options/auth.options.js';
import type { HostIdentity } from '../options/identify.js';

interface Facts {
  externalId: string;
  email?: string | null;
  displayName?: string | null;
}

/**
 * Lets a host's users in as its own sign-in knows them. Each is a customer with an account, made with the free plan at
 * the first request, and changed where the host says otherwise than before.
 */
@Injectable()
export class HostUsers {
  private readonly logger = new Logger('CommercialModule');
  /** The first requests of a user, which mostly come several at once, wait for one transaction. */
  private readonly making = new Map<string, Promise<KnownCustomer>>();

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly customers: Customers,
    private readonly known: KnownCustomers,
  ) {}

  /** Whether the host signs its users in by itself. */
  get areHosts(): boolean {
    return this.options.identify !== undefined;
  }

  /**
   * @returns the caller, without a wait where none is needed; null for nobody
   * @throws Problem INTERNAL_ERROR where `identify` throws, or answers what it must not; the log says why
   */
  callerOf(request: object): AuthenticatedUser | null | Promise<AuthenticatedUser | null> {
    let identity;
    try {
      identity = this.options.identify!(request);
    } catch (error) {
      throw this.failed(error);
    }
    if (!(identity instanceof Promise)) return this.admit(identity);
    return identity.then(
      (found) => this.admit(found),
      (error: unknown) => {
        throw this.failed(error);
      },
    );
  }

  private admit(
    identity: HostIdentity | null | undefined,
  ): AuthenticatedUser | null | Promise<AuthenticatedUser> {
    if (identity === null || identity === undefined) return null;
    const facts = this.factsOf(identity);
    const known = this.known.find(facts.externalId);
    return known instanceof Promise ? known.then((one) => this.meet(facts, one)) : this.meet(facts, known);
  }

  private meet(facts: Facts, known: KnownCustomer | null): AuthenticatedUser | Promise<AuthenticatedUser> {
    if (known && isSaid(facts, known)) return this.userOf(known, facts);
    return this.put(facts).then((customer) => this.userOf(customer, facts));
  }

  private put(facts: Facts): Promise<KnownCustomer> {
    const key = JSON.stringify(facts);
    const running = this.making.get(key);
    if (running) return running;
    const { externalId, ...changes } = facts;
    const made = this.customers
      .put(externalId, changes)
      .then(({ customer }) => this.known.remember(customer))
      .finally(() => this.making.delete(key));
    this.making.set(key, made);
    return made;
  }

  private userOf({ id, accountId }: KnownCustomer, { externalId, email }: Facts): AuthenticatedUser {
    const first = this.options.hostAdministrator;
    const isAdministrator =
      first !== undefined &&
      ('externalId' in first ? first.externalId === externalId : email != null && first.email === email);
    return {
      id,
      accountId,
      accountRole: null,
      role: isAdministrator ? 'admin' : 'user',
      via: 'host',
      sessionId: null,
      apiKeyId: null,
      scopes: null,
    };
  }

  private factsOf(identity: HostIdentity): Facts {
    const { externalId, email, displayName } = identity;
    if (!isExternalId(externalId)) {
      throw this.failed(
        new Error(`externalId must be a text of 1 to 128 of A-Z a-z 0-9 . _ : @ -, not ${shown(externalId)}`),
      );
    }
    if (email != null && !(typeof email === 'string' && isEmailAddress(email))) {
      throw this.failed(new Error(`the email of ${externalId} is not an e-mail address`));
    }
    if (displayName != null && typeof displayName !== 'string') {
      throw this.failed(new Error(`the displayName of ${externalId} is not a text`));
    }
    return {
      externalId,
      ...(email === undefined ? {} : { email: email === null ? null : normalEmail(email) }),
      ...(displayName === undefined ? {} : { displayName: plain(displayName) }),
    };
  }

  private failed(error: unknown): Problem {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.logger.error(`identify() failed, so the request is answered 500: ${message}`, stack);
    return new Problem('INTERNAL_ERROR');
  }
}

/** Whether what the host says is what is known already. */
function isSaid({ email, displayName }: Facts, known: KnownCustomer): boolean {
  return (
    (email === undefined || email === known.email) &&
    (displayName === undefined || displayName === known.displayName)
  );
}

/** As the database can keep it: without control characters and half characters, and not endless. */
function plain(name: string | null): string | null {
  const text = name?.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  return text ? Array.from(text).slice(0, MAX_DISPLAY_NAME).join('') : null;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : `a value of type ${typeof value}`;
}
