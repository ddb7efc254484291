import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { invalidInput } from '../../problems/validation.pipe.js';
import { EVENTS_OPTIONS, type EventsOptions, type Resolve } from '../types/events-options.js';
import { isPublicAddress } from './public-address.js';
import { about, type Sentence } from '../../problems/sentence.js';

const INCOMPLETE: Sentence = {
  en: 'must be a whole address, such as https://hooks.example.com/commercial',
  'zh-CN': '必须是完整的地址，例如 https://hooks.example.com/commercial',
};
const WITH_PASSWORD: Sentence = {
  en: 'must not contain a user or a password',
  'zh-CN': '不能包含用户名或密码',
};
const WITH_FRAGMENT: Sentence = {
  en: 'must not contain a fragment',
  'zh-CN': '不能包含片段（# 之后的部分）',
};

/** Why nothing is sent to an address: the message is for the record of a delivery, the sentence goes after "url". */
class TargetFault extends Error {
  constructor(
    readonly sentence: Sentence,
    message = sentence.en,
  ) {
    super(message);
  }
}

function unusable(en: string, chinese: string): TargetFault {
  return new TargetFault({ en: `can't be used: ${en}`, 'zh-CN': `无法使用：${chinese}` }, en);
}

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
    if (fault !== null) throw invalidInput([{ field: 'url', message: about('url', fault) }]);
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
    throw unusable(`${host} is not a public address`, `${host} 不是公网地址`);
  }

  /** @throws Error for a scheme that isn't (or is no longer) allowed. */
  requireScheme({ protocol }: URL): void {
    if (protocol === 'https:' || (protocol === 'http:' && this.allowHttp)) return;
    const schemes = this.allowHttp ? ['https://', 'http://'] : ['https://'];
    throw new TargetFault({
      en: `must begin with ${schemes.join(' or ')}`,
      'zh-CN': `必须以 ${schemes.join(' 或 ')} 开头`,
    });
  }

  private async faultOf(address: string): Promise<Sentence | null> {
    if (!URL.canParse(address)) return INCOMPLETE;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') return WITH_PASSWORD;
    if (url.hash !== '') return WITH_FRAGMENT;
    try {
      this.requireScheme(url);
      this.requireLiteral(url);
      if (isIP(bare(url.hostname)) === 0) await this.publicAddresses(url, url.hostname);
      return null;
    } catch (error) {
      if (error instanceof TargetFault) return error.sentence;
      throw error;
    }
  }

  private async publicAddresses(url: URL, hostname: string): ReturnType<Resolve> {
    const addresses = await this.resolve(hostname).catch((error: unknown) => {
      const code = (error as { code?: string }).code ?? 'unknown reason';
      throw unusable(`${hostname} could not be resolved (${code})`, `${hostname} 无法解析（${code}）`);
    });
    if (addresses.length === 0) throw unusable(`${hostname} has no address`, `${hostname} 没有地址`);
    const inside = addresses.find(({ address }) => !isPublicAddress(address));
    if (inside && !this.isAllowed(url)) {
      const { address } = inside;
      throw unusable(
        `${hostname} leads to ${address}, which is not a public address`,
        `${hostname} 指向 ${address}，不是公网地址`,
      );
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
