import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { eventDeliveriesTotal } from '../../metrics/metrics.js';
import { CommercialEvents } from '../types/commercial-events.js';
import { EVENTS_OPTIONS, type EventsOptions } from '../types/events-options.js';
import { EventMails } from '../mail/event-mails.js';
import { WebhookSender } from '../webhooks/webhook-sender.js';
import { DueDeliveries, type ClaimedDelivery, type DeliveryOutcome } from '../queue/due-deliveries.js';

/** How many deliveries to one destination are under way at once. */
const AT_ONCE = 4;
const HANDLER_TIMEOUT_MS = 100_000;

/**
 * Delivers what is due. Each destination has a lane of its own, so that one that doesn't answer keeps nobody but itself
 * waiting; several processes share a lane by claims.
 */
@Injectable()
export class DeliveryDispatcher implements OnApplicationShutdown {
  private readonly logger = new Logger(DeliveryDispatcher.name);
  private readonly lanes = new Map<string, Promise<number>>();
  /** Lanes in which something may have come in since they last looked. */
  private readonly again = new Set<string>();
  private stopped = false;

  constructor(
    @Inject(EVENTS_OPTIONS) private readonly options: EventsOptions,
    private readonly due: DueDeliveries,
    private readonly handlers: CommercialEvents,
    private readonly mails: EventMails,
    private readonly webhooks: WebhookSender,
  ) {}

  /** Delivers everything that is due by the business clock. @returns how many this process tried. */
  async runDue(): Promise<number> {
    const counts = await Promise.all(await this.wake());
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Starts a lane wherever something is due, without waiting for its end. */
  async wake(): Promise<Promise<number>[]> {
    const destinations = await this.due.destinations();
    return destinations.filter((name) => this.serves(name)).map((name) => this.lane(name));
  }

  /** Tries one delivery. @returns what came of it. */
  async deliver(delivery: ClaimedDelivery): Promise<DeliveryOutcome> {
    const result = await this.attempt(delivery);
    const isDead = await this.due.settle(delivery, result);
    eventDeliveriesTotal.inc({ kind: kindOf(delivery), outcome: isDead ? 'dead' : result.outcome });
    return result;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.lanes.values());
  }

  /** Handlers are told by a process that has some. */
  private serves(destination: string): boolean {
    return destination !== 'handlers' || !this.handlers.isEmpty;
  }

  private lane(destination: string): Promise<number> {
    this.again.add(destination);
    const running = this.lanes.get(destination);
    if (running) return running;
    const lane = this.run(destination).finally(() => this.lanes.delete(destination));
    this.lanes.set(destination, lane);
    return lane;
  }

  private async run(destination: string): Promise<number> {
    let tried = 0;
    try {
      while (this.again.delete(destination)) tried += await this.drain(destination);
    } catch (error) {
      this.logger.error(`events for ${destination} could not be delivered; the job tries again`, error);
    }
    return tried;
  }

  private async drain(destination: string): Promise<number> {
    let tried = 0;
    while (!this.stopped) {
      const batch = await this.due.claim(destination, AT_ONCE);
      if (batch.length === 0) break;
      await Promise.all(batch.map((delivery) => this.deliver(delivery)));
      tried += batch.length;
    }
    return tried;
  }

  private async attempt({ destination, endpointId, event }: ClaimedDelivery): Promise<DeliveryOutcome> {
    try {
      if (endpointId !== null) return await this.webhooks.send(endpointId, event);
      if (destination === 'mail') return await this.inTime(this.mails.send(event));
      await this.inTime(this.handlers.tell(event));
      return { outcome: 'delivered' };
    } catch (error) {
      return { outcome: 'failed', error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The host's code may never come back; its lane has to go on all the same. */
  private async inTime<T>(work: Promise<T>): Promise<T> {
    const limitMs = this.options.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done within ${limitMs / 1000} s`)), limitMs);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }
}

function kindOf({ destination, endpointId }: ClaimedDelivery): string {
  return endpointId === null ? destination : 'webhook';
}
