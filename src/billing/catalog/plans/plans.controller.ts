import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import { PlanDto, PlanListDto } from './plan.dto.js';
import { PlansService } from './plans.service.js';

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Get()
  @Access('public')
  @ApiOperation({ operationId: 'listPlans', summary: 'List the plans on sale' })
  async list(): Promise<PlanListDto> {
    const plans = await this.plans.list();
    return { items: plans.map((plan) => PlanDto.of(plan)) };
  }
}
