import type { ServerResponse } from 'node:http';

/** What becomes of a debit in the end. */
export interface DebitEnd {
  /** The request failed. */
  giveBack(): Promise<void>;
  /** The request succeeded; null where nothing is left to do. */
  confirm: (() => Promise<void>) | null;
}

/** Where request and response carry their debit. A property: a WeakMap of all requests costs each collection of garbage. */
const DEBIT = Symbol('outstanding debit');

interface Carrier {
  [DEBIT]?: OutstandingDebit;
}

/**
 * A debit whose request hasn't been answered yet. It is given back, at most once, when
 * - the answer turns out to be 400 or more. The answer itself is watched, since it is the one place that every failure
 *   passes on Fastify and on Express: a later guard's refusal is seen by no interceptor, a status set by hand by no
 *   exception filter. Its end waits for the quota: a client who reads the refusal and looks at once finds it back;
 * - the handler throws, whether or not anybody is left to answer;
 * - the connection is lost before the handler ran. Lost later, the handler's own outcome decides, or hanging up on a
 *   running job would make it free.
 *
 * In every other case it is confirmed, likewise once and before the answer ends.
 */
export class OutstandingDebit {
  private handlerStarted = false;
  private settled: Promise<void> | null = null;
  private returned = false;
  private answered = false;
  private readonly endAnswer: ServerResponse['end'];

  /** @param request the framework's own */
  constructor(
    request: object,
    private readonly response: ServerResponse,
    private readonly end: DebitEnd,
  ) {
    (request as Carrier)[DEBIT] = this;
    (response as Carrier)[DEBIT] = this;
    this.endAnswer = response.end;
    response.end = endOnceSettled;
    response.on('close', undoUnlessStarted);
    if (connectionLost(response)) void this.undo();
  }

  static of(request: object): OutstandingDebit | undefined {
    return (request as Carrier)[DEBIT];
  }

  /** The handler is about to run. @returns whether it may: false where the quota is back already. */
  start(): boolean {
    this.handlerStarted = !this.returned;
    return this.handlerStarted;
  }

  undo(): Promise<void> {
    if (this.settled) return this.settled;
    this.returned = true;
    return (this.settled = this.end.giveBack());
  }

  /** The handler has come to its end. Where nobody is left to answer, no answer's end will tell. */
  handled(): void {
    if (connectionLost(this.response) && this.response.statusCode < 400) void this.confirm();
  }

  /** Somebody ends the answer. */
  answer(args: unknown[]): ServerResponse {
    const { response, endAnswer } = this;
    const settled = this.answered ? null : response.statusCode < 400 ? this.confirm() : this.undo();
    this.answered = true;
    if (!settled) return Reflect.apply(endAnswer, response, args) as ServerResponse;
    void settled.finally(() => Reflect.apply(endAnswer, response, args));
    return response;
  }

  /** The connection is closed, after the answer or without one. */
  closed(): void {
    if (!this.handlerStarted && !this.response.writableEnded) void this.undo();
  }

  /** @returns null where there is nothing to wait for. */
  private confirm(): Promise<void> | null {
    if (!this.settled && this.end.confirm) this.settled = this.end.confirm();
    return this.settled;
  }
}

// One function each for all responses, which find their debit on themselves.

function endOnceSettled(this: ServerResponse, ...args: unknown[]): ServerResponse {
  return (this as Carrier)[DEBIT]!.answer(args);
}

function undoUnlessStarted(this: ServerResponse): void {
  (this as Carrier)[DEBIT]!.closed();
}

function connectionLost(response: ServerResponse): boolean {
  return response.destroyed || response.socket?.destroyed === true;
}
