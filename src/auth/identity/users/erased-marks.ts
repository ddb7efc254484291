import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';
import { ErasedMark } from './erased-mark.entity.js';

const KEY_BYTES = 32;
const DAY_MS = 86_400_000;

/** How long a mark is kept. */
export const MARK_DAYS = 365;

/** What a person or a customer is known by: a user's address in its normal form, or the application's own id. */
export type KnownBy = { email: string } | { externalId: string };

/**
 * Knows who was erased when they come again, without keeping who they were: what is given once (a trial, a month's free
 * quota) isn't given again. A mark is an HMAC under a key of the JWT secret; those of former secrets match while these are
 * among `previousSecrets`. It ends after a year.
 */
@Injectable()
export class ErasedMarks {
  /** The first leaves marks; the others only find them. */
  private readonly keys: readonly [Buffer, ...Buffer[]];

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    const { secret, previousSecrets } = jwtSettings(options);
    this.keys = [keyOf(secret), ...previousSecrets.map(keyOf)];
  }

  /** Leaves a mark in the transaction that erases; it takes the place of an earlier one. */
  async leave(manager: EntityManager, who: KnownBy, accountId: string, erasedAt: Date): Promise<void> {
    await manager.upsert(ErasedMark, { mark: markOf(who, this.keys[0]), accountId, erasedAt }, ['mark']);
  }

  /** The account of the one with this name who was erased last; null where nobody was. */
  async accountOf(manager: EntityManager, who: KnownBy): Promise<string | null> {
    const left = await manager.findOne(ErasedMark, {
      where: { mark: In(this.keys.map((key) => markOf(who, key))) },
      order: { erasedAt: 'DESC' },
    });
    return left?.accountId ?? null;
  }

  /** Ends the marks whose time is over. @returns how many. */
  async purge(): Promise<number> {
    const oldest = new Date(this.clock.now().getTime() - MARK_DAYS * DAY_MS);
    const { affected } = await this.dataSource.manager.delete(ErasedMark, {
      erasedAt: LessThanOrEqual(oldest),
    });
    return affected ?? 0;
  }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'erased-marks', KEY_BYTES));
}

function markOf(who: KnownBy, key: Buffer): Buffer {
  const name = 'email' in who ? `email:${who.email}` : `externalId:${who.externalId}`;
  return createHmac('sha256', key).update(name).digest();
}
