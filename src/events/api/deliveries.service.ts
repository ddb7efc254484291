import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource } from 'typeorm';
import { recordAudit } from '../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { inTransaction } from '../../database/transaction.js';
import { readPage, type Page } from '../../http/page.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { Problem } from '../../problems/problem.js';
import { Clock } from '../../time/clock.js';
import { DeliveryDispatcher } from '../dispatch/delivery-dispatcher.js';
import { EVENT_DELIVERIES } from '../queue/delivery-queue.js';
import { DeliveryDto, type AnyDeliveryQueryDto } from './delivery.dto.js';
import { DueDeliveries, TEST_EVENT } from '../queue/due-deliveries.js';
import { EventDelivery } from '../records/event-delivery.entity.js';

/** What an administrator sees of deliveries, and does about them. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
    private readonly due: DueDeliveries,
    private readonly dispatcher: DeliveryDispatcher,
  ) {}

  /** Newest first; of one endpoint, or of all destinations. */
  list(
    { status, kind, ...page }: AnyDeliveryQueryDto,
    endpointId: string | null = null,
  ): Promise<Page<DeliveryDto>> {
    const query = this.dataSource
      .createQueryBuilder(EventDelivery, 'delivery')
      .innerJoinAndSelect('delivery.event', 'event')
      .where('TRUE');
    if (endpointId !== null) query.andWhere('delivery.endpointId = :endpointId', { endpointId });
    if (status !== undefined) query.andWhere('delivery.status = :status', { status });
    if (kind === 'webhook') query.andWhere('delivery.endpointId IS NOT NULL');
    else if (kind !== undefined) query.andWhere('delivery.destination = :kind', { kind });
    return readPage(query, page, DeliveryDto.of);
  }

  /**
   * Delivers it again, under the same event id, out of order, and by the whole schedule if need be.
   * @throws Problem NOT_FOUND; DELIVERY_PENDING
   */
  replay(actorUserId: string, id: string, endpointId: string | null = null): Promise<DeliveryDto> {
    const now = this.clock.now();
    return inTransaction(this.dataSource, async (manager) => {
      const where = endpointId === null ? { id } : { id, endpointId };
      const delivery = await manager.findOne(EventDelivery, { where, lock: { mode: 'pessimistic_write' } });
      if (!delivery) throw new Problem('NOT_FOUND', { params: { what: 'delivery' } });
      if (delivery.status === 'pending') throw new Problem('DELIVERY_PENDING');
      const change = {
        status: 'pending',
        inOrder: false,
        attempts: 0,
        dueAt: now,
        deliveredAt: null,
      } as const;
      await manager.update(EventDelivery, { id }, change);
      await this.jobs.send(manager, EVENT_DELIVERIES, {}, 0);
      const subject = { subjectType: 'event_delivery', subjectId: id };
      const detail = { eventId: delivery.eventId, was: delivery.status };
      await recordAudit(manager, {
        actorUserId,
        action: 'event_delivery.replayed',
        ...subject,
        detail,
        at: now,
      });
      return DeliveryDto.of(
        await manager.findOneOrFail(EventDelivery, { where: { id }, relations: { event: true } }),
      );
    });
  }

  /** Sends an event that means nothing to an endpoint, once, and waits for what comes of it. */
  async test(endpointId: string): Promise<DeliveryDto> {
    const id = uuid();
    await this.dataSource.query(INSERT_TEST, [uuid(), TEST_EVENT, endpointId, id, this.clock.now()]);
    const delivery = await this.due.claimOne(id);
    // A process that works jobs may have been faster.
    if (delivery) await this.dispatcher.deliver(delivery);
    const where = { id };
    return DeliveryDto.of(
      await this.dataSource.manager.findOneOrFail(EventDelivery, { where, relations: { event: true } }),
    );
  }
}

const INSERT_TEST = `
  WITH event AS (
    INSERT INTO commercial.events (id, type, subject_id, data, created_at)
    VALUES ($1, $2, $3, '{}', $5) RETURNING id, sequence
  )
  INSERT INTO commercial.event_deliveries
    (id, event_id, destination, endpoint_id, stream, sequence, in_order, due_at, created_at)
  SELECT $4, id, $3, $3::text::uuid, $3::text::uuid, sequence, false, $5, $5 FROM event`;
