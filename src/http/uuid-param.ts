import { Param, ParseUUIDPipe } from '@nestjs/common';
import { invalidInput } from '../problems/validation.pipe.js';

/** A path's UUID. @throws Problem VALIDATION_FAILED naming the parameter. */
export function UuidParam(name: string): ParameterDecorator {
  const exceptionFactory = () => invalidInput([{ field: name, message: `${name} must be a UUID` }]);
  return Param(name, new ParseUUIDPipe({ exceptionFactory }));
}
