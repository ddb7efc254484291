import { Injectable, Logger } from '@nestjs/common';
import { channelKeyFaultsTotal } from '../../../metrics/metrics.js';

/** A wrong key shows at every call, and a stranger may send as many forged notices as they like. */
const WARN_EVERY_MS = 60_000;

/** Where something showed that doesn't verify: in a channel's answer, or in a notification. */
export type SeenIn = 'answer' | 'notification';

/** Says that what a channel signs doesn't verify, with the reason and what to compare. */
@Injectable()
export class ChannelKeyFaults {
  readonly #warned = new Map<string, { at: number; left: number }>();

  private readonly logger: Pick<Logger, 'warn'> = new Logger('ChannelKeys');

  /** A key of ours is wrong: no stranger can bring this about. Counted, so that somebody is woken. */
  found(provider: string, seenIn: SeenIn, reason: string): void {
    channelKeyFaultsTotal.inc({ provider, seen_in: seenIn });
    this.#warn(`${provider} ${seenIn}`, `${provider}: a key is wrong. The ${seenIn} shows it: ${reason}`);
  }

  /** A notification that anybody may have made up; a wrong key looks the same. */
  unverified(provider: string, detail: string): void {
    this.#warn(`${provider} unverified`, `${provider}: a notification can't be verified: ${detail}`);
  }

  /** Once a minute for each kind, with the number of those left out since. */
  #warn(kind: string, text: string): void {
    const now = Date.now();
    const last = this.#warned.get(kind);
    if (last && now - last.at < WARN_EVERY_MS) {
      last.left += 1;
      return;
    }
    this.#warned.set(kind, { at: now, left: 0 });
    this.logger.warn(last && last.left > 0 ? `${text} (and ${last.left} more before)` : text);
  }
}
