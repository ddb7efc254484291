import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';
import { ErasedMark } from './erased-mark.entity.js';

const KEY_BYTES = 32;

/** What a person or a customer is known by: a user's address in its normal form, or the application's own id. */
export type KnownBy = { email: string } | { externalId: string };

/**
 * Knows who was erased when they come again, without keeping who they were: what is given once (a trial, a month's free
 * quota) isn't given again. A mark is an HMAC under a key of the JWT secret; with a new secret old marks match nobody.
 */
@Injectable()
export class ErasedMarks {
  private readonly key: Buffer;

  constructor(@Inject(AUTH_OPTIONS) options: AuthOptions) {
    this.key = Buffer.from(hkdfSync('sha256', jwtSettings(options).secret, '', 'erased-marks', KEY_BYTES));
  }

  /** Leaves a mark in the transaction that erases; it takes the place of an earlier one. */
  async leave(manager: EntityManager, who: KnownBy, accountId: string, erasedAt: Date): Promise<void> {
    await manager.upsert(ErasedMark, { mark: this.markOf(who), accountId, erasedAt }, ['mark']);
  }

  /** The account of the one with this name who was erased last; null where nobody was. */
  async accountOf(manager: EntityManager, who: KnownBy): Promise<string | null> {
    const left = await manager.findOneBy(ErasedMark, { mark: this.markOf(who) });
    return left?.accountId ?? null;
  }

  private markOf(who: KnownBy): Buffer {
    const name = 'email' in who ? `email:${who.email}` : `externalId:${who.externalId}`;
    return createHmac('sha256', this.key).update(name).digest();
  }
}
