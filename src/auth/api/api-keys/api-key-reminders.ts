import { Inject, Injectable } from '@nestjs/common';
import { In, type DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import { ApiKey } from '../../credentials/api-keys/api-key.entity.js';
import { Mails } from '../../identity/mail/mails.service.js';
import { KEY_NOTICE_TEXTS } from '../../identity/mail/notice-texts.js';
import { isPlainName } from '../../identity/mail/plain-name.js';

/** How long before an API key ends its user is told. */
export const TOLD_BEFORE_DAYS = 14;
const DAY_MS = 86_400_000;
const AT_ONCE = 100;

/** Tells users once, by mail, of API keys that are about to end and that no other has replaced. */
@Injectable()
export class ApiKeyReminders {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly mails: Mails,
  ) {}

  /** @returns how many mails were handed on. One that could not be is tried again by the next run. */
  async remind(): Promise<number> {
    if (!this.mails.areSent) return 0;
    const failed: string[] = [];
    let told = 0;
    for (let ids = await this.claim(); ids.length > 0; ids = await this.claim()) {
      const keys = await this.dataSource.manager.find(ApiKey, {
        where: { id: In(ids) },
        relations: { user: true },
      });
      for (const key of keys) {
        if (await this.tell(key)) told += 1;
        else failed.push(key.id);
      }
    }
    // After the last look, or this run would find them again and again.
    await this.dataSource.manager.update(ApiKey, { id: In(failed) }, { endToldAt: null });
    return told;
  }

  /** Of processes that look at the same time, each key is one's. */
  private async claim(): Promise<string[]> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + TOLD_BEFORE_DAYS * DAY_MS);
    const [rows] = (await this.dataSource.query(CLAIM, [now, until])) as [{ id: string }[], number];
    return rows.map(({ id }) => id);
  }

  private tell({ id, user, prefix, name, expiresAt }: ApiKey): Promise<boolean> {
    const facts = { prefix, name: isPlainName(name) ? name : null, expiresAt: expiresAt! };
    const text = KEY_NOTICE_TEXTS.API_KEY_ENDS[user!.locale](facts);
    return this.mails.sendNow({ id: `api-key-ends-${id}`, to: user!.email, ...text });
  }
}

/** A key that was made for less than the notice had its end before the eyes of who made it. */
const CLAIM = `
  UPDATE commercial.api_keys SET end_told_at = $1 WHERE id IN (
    SELECT k.id FROM commercial.api_keys k JOIN commercial.users u ON u.id = k.user_id
    WHERE k.revoked_at IS NULL AND k.replaced_by IS NULL AND k.end_told_at IS NULL
      AND k.expires_at > $1 AND k.expires_at <= $2
      AND k.expires_at - k.created_at > ($2::timestamptz - $1::timestamptz)
      AND u.deactivated_at IS NULL
    ORDER BY k.expires_at LIMIT ${AT_ONCE} FOR UPDATE OF k SKIP LOCKED)
  RETURNING id`;
