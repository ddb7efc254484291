import { Body, Controller, Delete, Get, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProblemFilter } from '../../problems/problem.filter.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { faultSchema, type Fault } from './fault.js';
import { SandboxFaults } from './sandbox-faults.js';
import { verbatim } from '../../problems/sentence.js';

/** For tests and rehearsals: makes the channels and the way to them misbehave. */
@ApiExcludeController()
@Controller('sandbox/faults')
@UseFilters(ProblemFilter)
export class FaultsController {
  constructor(private readonly faults: SandboxFaults) {}

  @Post()
  add(@Body() body: unknown): Fault {
    const fault = faultSchema.safeParse(body);
    if (!fault.success) {
      const errors = fault.error.issues.map(({ path, message }) => ({
        field: path.join('.'),
        message: verbatim(message),
      }));
      throw invalidInput(errors);
    }
    this.faults.add(fault.data);
    return fault.data;
  }

  @Get()
  list(): { items: readonly Fault[] } {
    return { items: this.faults.all };
  }

  @Delete()
  @HttpCode(204)
  clear(): void {
    this.faults.clear();
  }
}
