import { Injectable } from '@nestjs/common';
import { requestOrigin } from '../../../audit/request-origin.js';
import { Clock } from '../../../time/clock.js';
import { LinkLimits } from '../limits/link-limits.js';
import type { Locale, User } from '../users/user.entity.js';
import { Mails } from './mails.service.js';
import { NOTICE_TEXTS, type NoticeFacts } from './notice-texts.js';
import type { Mail } from '../../options/mailer.js';

type Reader = Pick<User, 'email' | 'locale'>;
type NoticeText = (facts: NoticeFacts) => Omit<Mail, 'to'>;

const PURPOSE = 'notice';

/**
 * Tells users by mail what somebody did with their account, so that they notice when it was somebody else. One mailbox
 * gets three in 15 minutes; nothing that a stranger wrote stands in them.
 */
@Injectable()
export class SecurityNotices {
  constructor(
    private readonly mails: Mails,
    private readonly limits: LinkLimits,
    private readonly clock: Clock,
  ) {}

  passwordChanged(reader: Reader): void {
    this.tell(reader, NOTICE_TEXTS.PASSWORD_CHANGED);
  }

  /** @param prefix the key's first characters, which lists show. */
  apiKeyCreated(reader: Reader, prefix: string): void {
    this.tell(reader, NOTICE_TEXTS.API_KEY_CREATED, { prefix });
  }

  /** @param device its browser and system; null where they are unknown. */
  newDevice(reader: Reader, device: string | null): void {
    this.tell(reader, NOTICE_TEXTS.NEW_DEVICE, { device });
  }

  private tell(
    { email, locale }: Reader,
    text: Record<Locale, NoticeText>,
    facts: Partial<NoticeFacts> = {},
  ): void {
    const address = requestOrigin()?.address ?? null;
    const mail = { to: email, ...text[locale]({ at: this.clock.now(), address, ...facts }) };
    this.mails.later(async () => ((await this.limits.mailboxTakes(PURPOSE, email)) ? mail : null));
  }
}
