import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { In, LessThanOrEqual, type DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { drain } from '../../../jobs/drain.js';
import { DueWork } from '../../../jobs/due-work.js';
import { JobQueue } from '../../../jobs/job-queue.js';
import { Clock } from '../../../time/clock.js';
import { AgreementChannels } from './agreement-channels.js';
import { AgreementInquiry } from './agreement-inquiry.js';
import { nextAgreementCheck } from './agreement-schedule.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';
import { RenewalCharges } from './renewal-charges.js';

const PAGE = 100;
const PARALLEL = 4;

/** Does what falls due for agreements: renewals are charged, lost notifications found, and what is to end is ended. */
@Injectable()
export class AgreementJobs implements OnModuleInit {
  private readonly logger = new Logger(AgreementJobs.name);

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
    private readonly work: DueWork,
    private readonly channels: AgreementChannels,
    private readonly inquiry: AgreementInquiry,
    private readonly charges: RenewalCharges,
  ) {}

  onModuleInit(): void {
    this.work.register('agreements', () => this.runDue());
    this.jobs.define({
      queue: 'agreements.due',
      cron: '* * * * *',
      atStart: true,
      timeoutSeconds: 300,
      run: async () => void (await this.runDue()),
    });
  }

  /** Does everything that is due by the business clock. @returns how many things this process did. */
  async runDue(): Promise<number> {
    const checks = await this.drain('checkAt', (id) => this.check(id));
    return checks + (await this.drain('chargeAt', (id) => this.charges.charge(id)));
  }

  private drain(column: 'checkAt' | 'chargeAt', work: (id: string) => Promise<boolean>): Promise<number> {
    const next = async () => (await this.due(column)).map(({ id }) => id);
    return drain({ next, work, parallel: PARALLEL, logger: this.logger });
  }

  private due(column: 'checkAt' | 'chargeAt'): Promise<PaymentAgreement[]> {
    return this.dataSource.manager.find(PaymentAgreement, {
      where: { [column]: LessThanOrEqual(this.clock.now()), provider: In(this.channels.names) },
      order: { [column]: 'ASC' },
      take: PAGE,
    });
  }

  /** Claimed by moving `check_at` before the channel is asked, as payments' checks are. */
  private async check(id: string): Promise<boolean> {
    const { manager } = this.dataSource;
    const agreement = await manager.findOneBy(PaymentAgreement, { id });
    const now = this.clock.now();
    if (!agreement?.checkAt || agreement.checkAt > now) return false;
    const { checkAt, status } = agreement;
    const next = { checkAt: nextAgreementCheck(agreement, now) };
    const { affected } = await manager.update(PaymentAgreement, { id, checkAt, status }, next);
    if (!affected) return false;
    await this.inquiry.follow(agreement);
    return true;
  }
}
