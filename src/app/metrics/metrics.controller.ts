import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Access } from '../../auth/access/access.decorator.js';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { Problem } from '../../problems/problem.js';
import { allMetrics } from './all-metrics.js';
import { knowsToken, METRICS_TOKEN } from './metrics-token.js';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_TOKEN) private readonly token: string | null) {}

  @Get()
  @Access('public')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Read metrics in Prometheus’ text format',
    description: 'Where the operator has set `METRICS_TOKEN`, send it as `Authorization: Bearer …`.',
  })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiProblem('UNAUTHENTICATED')
  metrics(@Headers('authorization') authorization?: string): Promise<string> {
    if (!knowsToken(this.token, authorization)) throw new Problem('UNAUTHENTICATED');
    return allMetrics.metrics();
  }
}
