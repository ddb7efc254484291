import { Module, type DynamicModule } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { SharedShift } from '../../time/shared-shift.js';
import { ShiftedClock } from '../../time/shifted-clock.js';
import { ClockController } from './clock.controller.js';
import { TimeLapse } from './time-lapse.js';

/** `/sandbox/clock`, over the very clock that the commercial modules were given. Needs CommercialModule globally. */
@Module({})
export class ClockModule {
  static forRoot(clock: ShiftedClock, dataSource: DataSource): DynamicModule {
    return {
      module: ClockModule,
      controllers: [ClockController],
      providers: [
        { provide: ShiftedClock, useValue: clock },
        { provide: SharedShift, useFactory: () => new SharedShift(dataSource, clock) },
        TimeLapse,
      ],
    };
  }
}
