import { Req } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { isObservable, tap } from 'rxjs';
import { Problem } from '../../../problems/problem.js';
import { OutstandingDebit } from './outstanding-debit.js';

type Handler = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Tells the guard's debit that the handler begins, and how it ended.
 *
 * The handler itself is wrapped, and told the request in a parameter behind its own. An interceptor could do the same,
 * but Nest's way through one is the dearest single piece of a guard (docs/operate/performance.md).
 *
 * Everything that decorators said about the handler before holds of the wrapped one as well.
 */
export function watchHandler(prototype: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  const handler = descriptor.value as Handler;
  const place = parameterCount(prototype, name, handler);
  Req()(prototype, name, place);
  const watched: Handler = function (...args) {
    const request = args[place] as object | undefined;
    const debit = request && OutstandingDebit.of(request);
    if (!debit) return Reflect.apply(handler, this, args);
    args.length = place;
    return follow(debit, () => Reflect.apply(handler, this, args));
  };
  for (const key of Reflect.getOwnMetadataKeys(handler)) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, handler), watched);
  }
  // Swagger and logs know a handler by its name.
  Object.defineProperty(watched, 'name', { value: handler.name, configurable: true });
  descriptor.value = watched;
}

/** How many parameters are its own, be they decorated, optional or neither. */
function parameterCount(prototype: object, name: string | symbol, handler: Handler): number {
  const decorated = Reflect.getMetadata(ROUTE_ARGS_METADATA, prototype.constructor, name) as
    Record<string, { index: number }> | undefined;
  const places = Object.values(decorated ?? {}).map(({ index }) => index + 1);
  return Math.max(handler.length, ...places);
}

async function follow(debit: OutstandingDebit, run: () => unknown): Promise<unknown> {
  // Nobody listens any more and the quota is back: running the handler now would be free work.
  if (!debit.start()) throw new Problem('REQUEST_REFUSED');
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    void debit.undo();
    throw error;
  }
  // Nest stops listening to an Observable whose caller is gone: it then never comes to an end, and its debit stands.
  if (isObservable(result)) return result.pipe(tap({ error: () => void debit.undo() }));
  debit.handled();
  return result;
}
