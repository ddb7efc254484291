import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { mailboxOf } from '../users/email.js';
import { consume, keyOf, limiter, secondsToWait } from './limiter.js';
import { networkOf } from './network.js';

/** Mails that may be asked for one mailbox, and requests and wrong links that one address may send. */
export const MAILS_PER_MAILBOX = 3;
export const TRIES_PER_ADDRESS = 60;
const MAILBOX_WINDOW_SECONDS = 15 * 60;
const ADDRESS_WINDOW_SECONDS = 5 * 60;

/** Keeps links from being guessed, and mailboxes from being filled. */
@Injectable()
export class LinkLimits {
  private readonly perMailbox: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;

  constructor(@Inject(COMMERCIAL_DATA_SOURCE) dataSource: DataSource) {
    this.perMailbox = limiter(dataSource, {
      keyPrefix: 'mail-mailbox',
      points: MAILS_PER_MAILBOX,
      duration: MAILBOX_WINDOW_SECONDS,
    });
    this.perAddress = limiter(dataSource, {
      keyPrefix: 'link-address',
      points: TRIES_PER_ADDRESS,
      duration: ADDRESS_WINDOW_SECONDS,
    });
  }

  /**
   * Whether the mailbox gets another mail. It is counted whether or not anybody has it, so the limit tells nothing.
   * @throws Problem TOO_MANY_ATTEMPTS where the address has asked too often.
   */
  async mayMail(purpose: string, email: string, address: string): Promise<boolean> {
    await consume(this.perAddress, keyOf(networkOf(address)));
    return this.mailboxTakes(purpose, email);
  }

  /** The same for a mail that nobody asked for by address, such as the one that follows a registration. */
  async mailboxTakes(purpose: string, email: string): Promise<boolean> {
    return (await secondsToWait(this.perMailbox, keyOf(purpose, mailboxOf(email)))) === null;
  }

  /** Counts a mail that a known application asks for. @throws Problem TOO_MANY_ATTEMPTS where the mailbox has had enough. */
  async requireMail(purpose: string, email: string): Promise<void> {
    await consume(this.perMailbox, keyOf(purpose, email));
  }

  /**
   * @param use answers null for a link that is none, which alone counts.
   * @throws Problem TOO_MANY_ATTEMPTS.
   */
  async attempt<T>(address: string, use: () => Promise<T | null>): Promise<T | null> {
    const key = keyOf(networkOf(address));
    await consume(this.perAddress, key);
    const used = await use();
    if (used !== null) await this.perAddress.reward(key);
    return used;
  }
}
