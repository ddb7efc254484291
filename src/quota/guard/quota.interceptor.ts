import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, from, mergeMap, tap, throwError, type Observable } from 'rxjs';
import { Problem } from '../../problems/problem.js';
import { OutstandingDebit } from './outstanding-debit.js';
import { rawResponse } from './raw-response.js';

/** Tells the guard's debit that the handler begins, and how it ended. */
@Injectable()
export class QuotaInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const debit = OutstandingDebit.of(rawResponse(context));
    if (!debit) return next.handle();
    // Nobody listens any more and the quota is back: running the handler now would be free work.
    if (!debit.start()) throw new Problem('REQUEST_REFUSED');
    return next.handle().pipe(
      catchError((error: unknown) => from(debit.undo()).pipe(mergeMap(() => throwError(() => error)))),
      tap({ complete: () => debit.handled() }),
    );
  }
}
