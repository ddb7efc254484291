import { Controller, Get } from '@nestjs/common';

@Controller('health')
export class HealthController {
  /** For whoever waits until the host serves. */
  @Get()
  check(): { status: 'ok' } {
    return { status: 'ok' };
  }
}
