import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { NoticeFault } from '../faults/fault.js';
import { SandboxFaults } from '../faults/sandbox-faults.js';
import { SandboxJournal } from '../records/sandbox-journal.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { NOTICE_WIRES, type NoticeWire, type NoticeWires, type SandboxNotice } from '../records/notice.js';

/** Far quicker than the real channels (minutes to hours), so that a developer sees a resend. */
const DEFAULT_DELAYS_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
const ATTEMPT_TIMEOUT_MS = 5_000;

/**
 * Sends notifications: at once, then again after each delay until the merchant acknowledges or the delays run out.
 * What is pending when the process ends is taken up again at the next start.
 */
@Injectable()
export class NoticeOutbox implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('SandboxNotifications');
  private readonly delaysMs: readonly number[];
  /** Waiting for another to go before them. */
  private readonly held: SandboxNotice[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();

  constructor(
    @Inject(SANDBOX_OPTIONS) options: SandboxOptions,
    @Inject(NOTICE_WIRES) private readonly wires: NoticeWires,
    private readonly journal: SandboxJournal,
    private readonly faults: SandboxFaults,
  ) {
    this.delaysMs = options.notifyDelaysMs ?? DEFAULT_DELAYS_MS;
  }

  enqueue(notice: Omit<SandboxNotice, 'attempts' | 'state'>): void {
    const pending: SandboxNotice = { ...notice, attempts: 0, state: 'pending' };
    const fault = this.faults.takeForNotice(notice.channel);
    if (fault?.kind === 'suppress') {
      this.journal.append({ notice: { ...pending, state: 'abandoned' } });
      return;
    }
    this.journal.append({ notice: pending });
    if (fault?.kind === 'reorder') this.held.push(pending);
    else this.begin(pending, fault);
  }

  private begin(notice: SandboxNotice, fault: NoticeFault | null): void {
    if (fault?.kind === 'late') return this.startAfter(notice, fault.delayMs);
    const extra = fault?.kind === 'duplicate' ? fault.copies - 1 : 0;
    for (let copy = 0; copy < extra; copy += 1) this.track(this.deliver(notice));
    if (fault?.kind === 'probe') this.track(this.deliver(notice, asProbe));
    const held = this.held.splice(0);
    this.start(notice, () => held.forEach((earlier) => this.start(earlier)));
  }

  onApplicationBootstrap(): void {
    const latest = new Map<string, SandboxNotice>();
    for (const entry of this.journal.entries)
      if ('notice' in entry) latest.set(entry.notice.id, entry.notice);
    for (const notice of latest.values()) {
      // The application doesn't listen yet, so even one that was never tried waits for its first delay.
      if (notice.state === 'pending') this.startLater(notice, Math.max(notice.attempts, 1));
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.all(this.running);
  }

  private start(notice: SandboxNotice, then?: () => void): void {
    if (this.stopping.signal.aborted) return;
    this.track(this.attempt(notice).then(then));
  }

  private track(work: Promise<unknown>): void {
    const run: Promise<unknown> = work
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  private startLater(notice: SandboxNotice, failures: number): void {
    this.startAfter(notice, this.delaysMs[failures - 1] ?? 0);
  }

  private startAfter(notice: SandboxNotice, delayMs: number): void {
    if (this.stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.start(notice);
    }, delayMs);
    timer.unref();
    this.timers.add(timer);
  }

  private async attempt(notice: SandboxNotice): Promise<void> {
    const failure = await this.deliver(notice);
    if (failure === null) {
      this.journal.append({ notice: { ...notice, state: 'acknowledged' } });
      return;
    }
    // Cut off by the shutdown: it counts as not tried, and stays pending in the journal.
    if (this.stopping.signal.aborted) return;
    const attempts = notice.attempts + 1;
    const isLast = attempts > this.delaysMs.length;
    const failed: SandboxNotice = { ...notice, attempts, state: isLast ? 'abandoned' : 'pending' };
    this.journal.append({ notice: failed });
    const next = isLast ? 'giving up' : `again in ${this.delaysMs[attempts - 1]} ms`;
    this.logger.warn(
      `${notice.channel} notification of ${notice.outTradeNo} to ${notice.url}: ${failure}; ${next}`,
    );
    if (!isLast) this.startLater(failed, attempts);
  }

  /** @returns null if it was acknowledged, else what went wrong. */
  private async deliver(notice: SandboxNotice, change = asItIs): Promise<string | null> {
    const wire = this.wires[notice.channel];
    try {
      const response = await fetch(notice.url, {
        method: 'POST',
        ...change(wire.envelope(notice)),
        redirect: 'manual',
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      const body = await response.text();
      return wire.isAcknowledged(response.status, body) ? null : `answered ${response.status}`;
    } catch (error) {
      return `no answer (${reasonOf(error)})`;
    }
  }
}

type Envelope = ReturnType<NoticeWire['envelope']>;

const asItIs = (envelope: Envelope): Envelope => envelope;

/** WeChat Pay marks such signatures; Alipay signs in the body. */
function asProbe({ headers, body }: Envelope): Envelope {
  const signature = headers['wechatpay-signature'];
  return {
    headers: signature ? { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` } : headers,
    body: body.replace(/(^|&)sign=[^&]*/, '$1sign=cHJvYmU%3D'),
  };
}

/** `fetch` hides the reason, such as a refused connection, in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
}
