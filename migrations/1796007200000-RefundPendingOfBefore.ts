import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the refunds that were on their way before the column was there. */
export class RefundPendingOfBefore1796007200000 implements MigrationInterface {
  name = 'RefundPendingOfBefore1796007200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE commercial.payment_transactions p SET refund_pending_fen = open.fen
       FROM (SELECT payment_id, sum(amount_fen) AS fen FROM commercial.payment_refunds WHERE status = 'pending' GROUP BY payment_id) open
       WHERE open.payment_id = p.id`,
    );
  }

  async down(_queryRunner: QueryRunner): Promise<void> {
    // The column goes with the migration before.
  }
}
