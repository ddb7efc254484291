import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import pLimit from 'p-limit';
import { AUTH_OPTIONS, type AuthOptions } from '../../options/auth.options.js';
import type { LinkPage, Mail } from '../../options/mailer.js';

const MAILS_AT_ONCE = 4;

/**
 * Sends mails behind the callers' backs: how long it takes, and whether there is anybody to write to, is not to be read
 * off an answer's delay. A mail that is lost with its process is asked for again by the person who waits for it.
 */
@Injectable()
export class Mails implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Mails.name);
  private readonly turns = pLimit(MAILS_AT_ONCE);
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {}

  /** @param compose makes the mail, with whatever it has to look up first; null where there is nobody to write to. */
  later(compose: () => Promise<Mail | null>): void {
    const work: Promise<unknown> = this.turns(() => this.send(compose)).finally(() =>
      this.underWay.delete(work),
    );
    this.underWay.add(work);
  }

  /** Whether anybody sends mails. */
  get areSent(): boolean {
    return this.options.mail !== undefined;
  }

  /** Sends a mail that no answer waits for. @returns whether it was handed on; where not, the log has the kind of error. */
  sendNow(mail: Mail): Promise<boolean> {
    return this.send(async () => mail);
  }

  link(page: LinkPage, token: string): string {
    return this.options.mail?.linkTo(page, token) ?? '';
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** @returns false where the mail could not be handed on. */
  private async send(compose: () => Promise<Mail | null>): Promise<boolean> {
    try {
      const mail = await compose();
      if (!mail) return true;
      if (this.options.mail) await this.options.mail.mailer.send(mail);
      else this.logger.warn(`"${mail.subject}" was not sent: AuthModule has no option mail`);
      return true;
    } catch (error) {
      // Only the kind of error: a mail server's words may quote the mail, and with it the token.
      this.logger.error(
        `a mail could not be sent (${(error as { code?: string }).code ?? 'unknown reason'})`,
      );
      return false;
    }
  }
}
