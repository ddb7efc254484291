import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { Access } from '../auth/access/access.decorator.js';
import { ApiProblem } from '../problems/api-problem.decorator.js';
import { Problem } from '../problems/problem.js';
import { ChannelKeyChecks } from '../billing/settlement/channels/channel-key-checks.js';
import { HealthDto, ReadinessDto } from './health.dto.js';
import { Readiness } from './readiness.js';
import { APP_DATA_SOURCE } from './tokens.js';

/** How long the database may take to answer before this process counts as not ready. */
const PATIENCE_MS = 2_000;

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(APP_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly readiness: Readiness,
    private readonly channelKeys: ChannelKeyChecks,
  ) {}

  @Get('live')
  @Access('public')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Check whether the process runs',
    description: 'Restart it where this fails.',
  })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access('public')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Check whether the service can serve',
    description: 'Send it no requests while this fails.',
  })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiProblem('SERVICE_UNAVAILABLE')
  async ready(): Promise<ReadinessDto> {
    if (this.readiness.isLeaving) throw new Problem('SERVICE_UNAVAILABLE');
    const answered = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, false)));
    const ready = await Promise.race([answered, late]).finally(() => clearTimeout(timer));
    if (!ready) throw new Problem('SERVICE_UNAVAILABLE');
    const channelKeys = await this.channelKeys.states(PATIENCE_MS);
    // A process that has served goes on: quota needs no channel. One that begins with a wrong key replaces nobody.
    const isWrong = Object.values(channelKeys).includes('wrong');
    if (isWrong && !this.readiness.wasReady) throw new Problem('SERVICE_UNAVAILABLE');
    this.readiness.wasReady = true;
    return { status: 'ok', channelKeys };
  }
}
