import { Param, ParseUUIDPipe } from '@nestjs/common';
import { invalidInput, notUuid } from '../problems/validation.pipe.js';

/** A path's UUID. @throws Problem VALIDATION_FAILED naming the parameter. */
export function UuidParam(name: string): ParameterDecorator {
  const exceptionFactory = () => invalidInput([notUuid(name)]);
  return Param(name, new ParseUUIDPipe({ exceptionFactory }));
}
