import { Injectable } from '@nestjs/common';
import type { CommercialEvent, EventType } from './event-types.js';

export type EventHandler<Type extends EventType = EventType> = (
  event: CommercialEvent<Type>,
) => void | Promise<void>;

/**
 * Where a host hears of events, in its own process. Each handler is told at least once, outside of the transaction that
 * wrote the event, and in order within a subscription. One that throws is told again later, and so are the other
 * handlers of that event; `event.id` stays the same.
 *
 * Register while the modules are initialised (`onModuleInit`). Telling is done by processes with `jobs: true`.
 */
@Injectable()
export class CommercialEvents {
  private readonly handlers: { type: EventType | '*'; handler: EventHandler }[] = [];

  on<Type extends EventType>(type: Type, handler: EventHandler<Type>): void;
  on(type: '*', handler: EventHandler): void;
  on(type: EventType | '*', handler: EventHandler<never>): void {
    this.handlers.push({ type, handler: handler as EventHandler });
  }

  get isEmpty(): boolean {
    return this.handlers.length === 0;
  }

  /** Whether anybody here listens to that type. */
  wants(type: EventType): boolean {
    return this.handlersOf(type).length > 0;
  }

  /** Tells one after another. @throws what a handler threw; those after it weren't told. */
  async tell(event: CommercialEvent): Promise<void> {
    for (const handler of this.handlersOf(event.type)) await handler(event);
  }

  private handlersOf(wanted: EventType): EventHandler[] {
    return this.handlers.filter(({ type }) => type === '*' || type === wanted).map(({ handler }) => handler);
  }
}
