import { Controller, UseFilters, UseGuards, UsePipes, VERSION_NEUTRAL, type Type } from '@nestjs/common';
import { AnyErrorFilter } from './any-error.filter.js';
import { InputBoundsGuard } from './input-bounds.guard.js';
import { NoStoreGuard } from './no-store.guard.js';
import { createValidationPipe } from './validation.pipe.js';

/**
 * Lets controllers check what they are sent, and answer with problems, by themselves: a host that mounts them may have
 * no pipe and no filter, or others, and gets nothing global from this package. Versions of the host's are not theirs:
 * they answer under none, where channels and clients look for them.
 */
export function selfContained(controllers: readonly Type[]): Type[] {
  for (const controller of controllers) {
    UseGuards(new NoStoreGuard(), new InputBoundsGuard())(controller);
    UsePipes(createValidationPipe())(controller);
    UseFilters(new AnyErrorFilter())(controller);
    const path = Reflect.getMetadata('path', controller) as string;
    Controller({ path, version: VERSION_NEUTRAL })(controller);
  }
  return [...controllers];
}
