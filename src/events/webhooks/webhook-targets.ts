import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { invalidInput } from '../../problems/validation.pipe.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../events-options.js';
import { isPublicAddress } from './public-address.js';

interface Address {
  address: string;
  family: number;
}

/** Finds a name's addresses. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

const byTheSystem: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Where webhooks may go. Whoever registers an address could otherwise have this service call what only it can reach:
 * the database's host, a cloud's metadata, another service's administration.
 */
@Injectable()
export class WebhookTargets {
  private readonly allowed: ReadonlySet<string>;
  private readonly allowHttp: boolean;
  private readonly resolve: Resolve;

  constructor(@Inject(EVENTS_OPTIONS) { webhooks = {} }: EventsOptions) {
    this.allowed = new Set(webhooks.allowedHosts?.map((host) => host.toLowerCase()));
    this.allowHttp = webhooks.allowHttp ?? false;
    this.resolve = webhooks.resolve ?? byTheSystem;
  }

  /**
   * For an administrator who names an address.
   * @throws Problem VALIDATION_FAILED saying why nothing will be sent there
   */
  async require(address: string): Promise<void> {
    const fault = await this.faultOf(address);
    if (fault !== null) throw invalidInput([{ field: 'url', message: `url ${fault}` }]);
  }

  /**
   * For the connection itself: names are resolved once, and what was checked is what is connected to. A name that meant
   * something else when the endpoint was registered is refused here.
   */
  lookup(url: URL): LookupFunction {
    const find = callbackify((hostname: string) => this.publicAddresses(url, hostname));
    return (hostname, { all = false }, callback) => {
      find(hostname, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error || !first) callback(error ?? new Error('no address'), '', 0);
        else if (all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      });
    };
  }

  /** An address that is written as a number is never looked up. @throws Error where nothing may be sent there. */
  requireLiteral(url: URL): void {
    const host = bare(url.hostname);
    if (isIP(host) === 0 || this.isAllowed(url) || isPublicAddress(host)) return;
    throw new Error(`${host} is not a public address`);
  }

  /** @throws Error for a scheme that isn't (or is no longer) allowed. */
  requireScheme({ protocol }: URL): void {
    if (protocol === 'https:' || (protocol === 'http:' && this.allowHttp)) return;
    throw new Error(this.allowHttp ? 'must begin with https:// or http://' : 'must begin with https://');
  }

  private async faultOf(address: string): Promise<string | null> {
    if (!URL.canParse(address))
      return 'must be a whole address, such as https://hooks.example.com/commercial';
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') return 'must not contain a user or a password';
    if (url.hash !== '') return 'must not contain a fragment';
    try {
      this.requireScheme(url);
      this.requireLiteral(url);
      if (isIP(bare(url.hostname)) === 0) await this.publicAddresses(url, url.hostname);
      return null;
    } catch (error) {
      const { message } = error as Error;
      return message.startsWith('must') ? message : `can't be used: ${message}`;
    }
  }

  private async publicAddresses(url: URL, hostname: string): Promise<readonly Address[]> {
    const addresses = await this.resolve(hostname).catch((error: unknown) => {
      const code = (error as { code?: string }).code ?? 'unknown reason';
      throw new Error(`${hostname} could not be resolved (${code})`);
    });
    if (addresses.length === 0) throw new Error(`${hostname} has no address`);
    const inside = addresses.find(({ address }) => !isPublicAddress(address));
    if (inside && !this.isAllowed(url)) {
      throw new Error(`${hostname} leads to ${inside.address}, which is not a public address`);
    }
    return addresses;
  }

  private isAllowed({ hostname, host }: URL): boolean {
    return this.allowed.has(bare(hostname)) || this.allowed.has(host);
  }
}

/** Without the brackets that an IPv6 address has in a URL. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
