import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import type { BillDay } from './bill-day.js';

/** Alipay's live 30 s, WeChat Pay's 5 minutes; the shorter of the two finds out who dallies. */
const LIFE_MS = 30_000;

/** The one-day addresses at which bills are fetched. */
@Injectable()
export class BillLinks {
  private readonly days = new Map<string, { day: BillDay; until: number }>();

  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {}

  /** @returns a token for the address. */
  make(day: BillDay): string {
    const now = this.options.clock.now().getTime();
    for (const [token, { until }] of this.days) if (until <= now) this.days.delete(token);
    const token = randomBytes(24).toString('hex');
    this.days.set(token, { day, until: now + LIFE_MS });
    return token;
  }

  /** @returns null for a token that was never made or lives no more. */
  find(token: string | null): BillDay | null {
    const link = this.days.get(token ?? '');
    return link && link.until > this.options.clock.now().getTime() ? link.day : null;
  }
}
