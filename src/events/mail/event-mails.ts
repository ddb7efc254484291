import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Locale } from '../../auth/identity/users/user.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import type { DeliveryOutcome } from '../queue/due-deliveries.js';
import type { CommercialEvent, EventDataOf, EventType } from '../types/event-types.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../types/events-options.js';
import { ownerOf } from './account-owner.js';
import { DEFAULT_QUOTA_NAMES } from '../types/quota-names.js';
import { EVENT_MAIL_TEXTS, type EventMailText, type MailContext } from './event-mail-texts.js';

const TIME_ZONE = 'Asia/Shanghai';

/** Writes to an account's owner about what happened, in the owner's language. */
@Injectable()
export class EventMails {
  constructor(
    @Inject(EVENTS_OPTIONS) private readonly options: EventsOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
  ) {}

  /** Whether anybody is written to: not without a mailer, nor about what changes nothing for the reader. */
  wants(type: EventType, data: object): boolean {
    if (!this.options.mail || EVENT_MAIL_TEXTS[type] === undefined) return false;
    if (type === 'subscription.activated') {
      // Not about the free plan, which everybody gets.
      return (data as EventDataOf[typeof type]).subscription.currentPeriodEnd !== null;
    }
    if (type !== 'subscription.changed') return true;
    const { subscription, formerPlanCode } = data as EventDataOf[typeof type];
    return subscription.planCode !== formerPlanCode;
  }

  async send(event: CommercialEvent): Promise<DeliveryOutcome> {
    const { mail } = this.options;
    if (!mail) return { outcome: 'failed', error: 'no mailer is set in this process' };
    const owner = await ownerOf(this.dataSource.manager, event.accountId);
    if (!owner) return { outcome: 'skipped', reason: 'the account has no owner who can be written to' };
    if (await this.isActivation(event)) {
      return { outcome: 'skipped', reason: 'the activation of the new plan is written about' };
    }
    const names = mail.quotaNames ?? DEFAULT_QUOTA_NAMES;
    const context: MailContext = {
      receiptUrl: mail.receiptUrl,
      timeZone: mail.timeZone ?? TIME_ZONE,
      quotaName: (quotaType) => names[quotaType]?.[owner.locale] ?? quotaType,
    };
    const text = textOf(event, owner.locale, context);
    if (!text) return { outcome: 'skipped', reason: 'nothing is written about this type' };
    try {
      await mail.mailer.send({
        id: event.id,
        to: owner.email,
        subject: oneLine(text.subject),
        text: text.text,
      });
      return { outcome: 'delivered' };
    } catch (error) {
      // Only the kind of error: a mail server's words may quote the mail and the address.
      const code = (error as { code?: string } | null)?.code ?? 'unknown reason';
      return { outcome: 'failed', error: `the mail could not be handed on (${code})` };
    }
  }

  /** A larger plan is a subscription of its own, activated and changed in one transaction: one mail tells of both. */
  private async isActivation({
    type,
    accountId,
    timestamp,
    subscriptionId,
  }: CommercialEvent): Promise<boolean> {
    if (type !== 'subscription.changed') return false;
    const found: unknown[] = await this.dataSource.query(ACTIVATION, [accountId, timestamp, subscriptionId]);
    return found.length > 0;
  }
}

const ACTIVATION = `
  SELECT FROM commercial.events e JOIN commercial.event_deliveries d ON d.event_id = e.id AND d.destination = 'mail'
  WHERE e.account_id = $1 AND e.created_at = $2 AND e.subscription_id = $3 AND e.type = 'subscription.activated'`;

function textOf(event: CommercialEvent, locale: Locale, context: MailContext): EventMailText | undefined {
  const write = EVENT_MAIL_TEXTS[event.type]?.[locale] as
    ((event: CommercialEvent, context: MailContext) => EventMailText) | undefined;
  return write?.(event, context);
}

/** A plan's name with a line break in it must not begin a header of its own. */
function oneLine(subject: string): string {
  return subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
