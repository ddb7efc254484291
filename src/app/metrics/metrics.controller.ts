import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Access } from '../../auth/access/access.decorator.js';
import { commercialMetrics } from '../../metrics/metrics.js';
import { httpMetrics } from './http-metrics.js';
import { poolMetrics } from './pool-metrics.js';

const processMetrics = new Registry();
collectDefaultMetrics({ register: processMetrics });
/** The pool first: as it stood before the others ask the database. */
const all = Registry.merge([poolMetrics, commercialMetrics, httpMetrics, processMetrics]);

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  @Get()
  @Access('public')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiOperation({ operationId: 'getMetrics', summary: 'Read metrics in Prometheus’ text format' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  metrics(): Promise<string> {
    return all.metrics();
  }
}
