import type { ServerResponse } from 'node:http';

const outstanding = new WeakMap<ServerResponse, OutstandingDebit>();

/**
 * A debit whose request hasn't been answered yet. It is given back, at most once, when
 * - the answer turns out to be 400 or more. The answer itself is watched, since it is the one place that every failure
 *   passes on Fastify and on Express: a later guard's refusal is seen by no interceptor, a status set by hand by no
 *   exception filter. Its end waits for the quota: a client who reads the refusal and looks at once finds it back;
 * - the handler throws, whether or not anybody is left to answer;
 * - the connection is lost before the handler ran. Lost later, the handler's own outcome decides, or hanging up on a
 *   running job would make it free.
 */
export class OutstandingDebit {
  private handlerStarted = false;
  private returned: Promise<void> | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly giveBack: () => Promise<void>,
  ) {
    outstanding.set(response, this);
    this.holdBackRefusals();
    response.once('close', () => {
      if (!this.handlerStarted && !response.writableEnded) void this.undo();
    });
    if (connectionLost(response)) void this.undo();
  }

  static of(response: ServerResponse): OutstandingDebit | undefined {
    return outstanding.get(response);
  }

  /** The handler is about to run. @returns whether it may: false where the quota is back already. */
  start(): boolean {
    this.handlerStarted = this.returned === null;
    return this.handlerStarted;
  }

  undo(): Promise<void> {
    return (this.returned ??= this.giveBack());
  }

  private holdBackRefusals(): void {
    const { response } = this;
    const end = response.end;
    response.end = ((...args: unknown[]) => {
      response.end = end;
      if (response.statusCode < 400) return Reflect.apply(end, response, args) as ServerResponse;
      void this.undo().finally(() => Reflect.apply(end, response, args));
      return response;
    }) as typeof end;
  }
}

function connectionLost(response: ServerResponse): boolean {
  return response.destroyed || response.socket?.destroyed === true;
}
